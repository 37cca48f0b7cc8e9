using static KpiMetrics.Pipeline.Ledger.Copying.CopiedKind;

namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>Every table of the ledger: what is copied, and what is not and why.</summary>
/// <remarks>A test holds this against both stores: a migration that adds a table or a column must be entered here.</remarks>
internal static class CopiedTables
{
    public const string Identity = "ledger_identity";

    public const string Flights = "publish_flight";

    /// <summary>Copied, each after those that it refers to.</summary>
    public static readonly IReadOnlyList<CopiedTable> All =
    [
        Table(Identity, ("id", Text)),
        Numbered(
            "series",
            ("id", Int),
            ("set_code", Text),
            ("indicator", Text),
            ("measure", Text),
            ("subject", Text),
            ("area", Text),
            ("freq", Text)
        ),
        Numbered("source", ("id", Int), ("name", Text)),
        Numbered(
            "report",
            ("id", Long),
            ("set_code", Text),
            ("source_id", Int),
            ("name", Text),
            ("received_at", Long),
            ("stated", Int),
            ("recorded", Int),
            ("repeated", Int),
            ("refused", Int)
        ),
        Table(
            "observation",
            ("series_id", Int),
            ("period", Int),
            ("year", Year),
            ("received_at", Long),
            ("source_id", Int),
            ("vintage", Int),
            ("report_id", Long),
            ("number", Digits),
            ("text", Text),
            ("status", Text),
            ("note", Text)
        ),
        Table(
            "confirmation",
            ("series_id", Int),
            ("period", Int),
            ("source_id", Int),
            ("vintage", Int),
            ("received_at", Long),
            ("report_id", Long)
        ),
        Table("taken_file", ("set_code", Text), ("file", Text)),
        Numbered("audit", ("id", Long), ("at", Long), ("actor", Text), ("action", Text), ("details", Text)),
        Table(
            "plan",
            ("set_code", Text),
            ("measure", Text),
            ("subject", Text),
            ("area", Text),
            ("scheme", Text),
            ("year", Int),
            ("period", Text),
            ("received_at", Long),
            ("kind", Int),
            ("audit_id", Long),
            ("number", Digits),
            ("decision", Text),
            ("note", Text)
        ),
        Numbered("duty", ("id", Int), ("set_code", Text), ("indicator", Text), ("freq", Text), ("planned", Int)),
        Numbered("place", ("id", Int), ("area", Text)),
        Numbered("phrase", ("id", Int), ("text", Text)),
        Table(
            "obligation",
            ("duty_id", Int),
            ("period", Int),
            ("place_id", Int),
            ("opens_at", Long),
            ("due_at", Long),
            ("lead", Long),
            ("grace", Long),
            ("rule", Int),
            ("agency", Int),
            ("needs", Int),
            ("created_at", Long),
            ("whole", Int),
            ("parts", Int),
            ("lacks", Int),
            ("first_at", Long),
            ("complete_at", Long),
            ("due_now", Long),
            ("waived", Int),
            ("void_at", Long)
        ),
        Table(
            "exemption",
            ("duty_id", Int),
            ("period", Int),
            ("place_id", Int),
            ("at", Long),
            ("audit_id", Long),
            ("kind", Int),
            ("until", Long),
            ("who", Text),
            ("why", Text)
        ),
        Table("obligation_plan", ("fingerprint", Text)),
        Table(
            "asking",
            ("source", Text),
            ("duty_id", Int),
            ("period", Int),
            ("attempts", Int),
            ("failures", Int),
            ("first_asked_at", Long),
            ("last_asked_at", Long),
            ("first_answered_at", Long),
            ("answered_at", Long),
            ("next_at", Long),
            ("outcome", Text)
        ),
        Numbered(
            "emergency",
            ("id", Long),
            ("order_no", Text),
            ("areas", Text),
            ("from_at", Long),
            ("until_at", Long),
            ("declared_at", Long),
            ("declared_by", Text),
            ("stopped_at", Long),
            ("planned", Int)
        ),
        Numbered(
            "token",
            ("id", Long),
            ("name", Text),
            ("role", Text),
            ("agency", Text),
            ("set_code", Text),
            ("hash", Bytes),
            ("created_at", Long),
            ("created_by", Text),
            ("expires_at", Long),
            ("revoked_at", Long),
            ("last_used_at", Long)
        ),
        Table(
            "push_receipt",
            ("token_id", Long),
            ("key", Text),
            ("body_hash", Bytes),
            ("report_id", Long),
            ("kept_at", Long),
            ("answer", Bytes)
        ),
        Table(
            "schedule_change",
            ("revision", Long),
            ("target", Text),
            ("at", Long),
            ("actor", Text),
            ("reason", Text),
            ("action", Text),
            ("prior", Long),
            ("cron", Text),
            ("paused", Int),
            ("paused_revision", Long),
            ("priority", Int),
            ("concurrency", Int)
        ),
        Numbered(
            "finding",
            ("id", Long),
            ("set_code", Text),
            ("indicator", Text),
            ("measure", Text),
            ("subject", Text),
            ("area", Text),
            ("freq", Text),
            ("period", Int),
            ("code", Text),
            ("source", Text),
            ("against", Text),
            ("sentence", Text),
            ("stated", Digits),
            ("recomputed", Digits),
            ("difference", Digits),
            ("found_at", Long),
            ("checked_at", Long),
            ("resolved_at", Long)
        ),
        Table("finding_check", ("set_code", Text), ("rules", Text), ("state", Int), ("checked_at", Long)),
        Numbered(
            "alert",
            ("id", Long),
            ("key", Text),
            ("kind", Text),
            ("severity", Text),
            ("title", Text),
            ("since", Long),
            ("set_code", Text),
            ("indicator", Text),
            ("measure", Text),
            ("freq", Text),
            ("period", Int),
            ("area", Text),
            ("agency", Text),
            ("source", Text),
            ("held_by", Text),
            ("state", Text),
            ("audience", Text),
            ("fired_at", Long),
            ("counts_from", Long),
            ("changed_at", Long),
            ("steps", Int),
            ("acknowledged_by", Text),
            ("acknowledged_at", Long),
            ("explained_by", Text),
            ("explained_at", Long),
            ("explanation", Text),
            ("link", Text),
            ("resolved_at", Long),
            ("evidence", Text),
            ("doubted_at", Long)
        ),
        Table(
            "alert_event",
            ("alert_id", Long),
            ("number", Int),
            ("at", Long),
            ("step", Text),
            ("who", Text),
            ("why", Text),
            ("details", Text)
        ),
        Table("outbox", ("series_id", Int), ("period", Int), ("mark", Long), ("marked_at", Long), ("urgent", Int)),
        Table("published", ("series_id", Int), ("period", Int), ("fields", Int)),
        Table("publish_deleted", ("series_id", Int), ("period", Int), ("look_at", Long), ("looks", Int)),
        Table("refused_point", ("series_id", Int), ("period", Int), ("reason", Text), ("refused_at", Long)),
        Table("publish_rebuild", ("mark", Long), ("marked_at", Long), ("figures", Long), ("done", Text)),
        Table("published_by", ("fingerprint", Text)),
    ];

    /// <summary>Not copied, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_migration"] = "of the store: each has steps of its own",
        ["claim"] = "of processes that no longer run",
        ["publish_lease"] = "of processes that no longer run; fences begin anew",
        [Flights] = "of processes that no longer run; its points go into the outbox",
    };

    /// <summary>How the tables begin that only PostgreSQL has: names, which each start takes from the catalog.</summary>
    public const string FromCatalog = "catalog_";

    private static CopiedTable Table(string name, params (string Name, CopiedKind Kind)[] columns) => Of(name, false, columns);

    private static CopiedTable Numbered(string name, params (string Name, CopiedKind Kind)[] columns) => Of(name, true, columns);

    private static CopiedTable Of(string name, bool isNumbered, (string Name, CopiedKind Kind)[] columns) =>
        new(name, isNumbered, [.. columns.Select(column => new CopiedColumn(column.Name, column.Kind))]);
}
