namespace KpiMetrics.Tests.Commands;

/// <summary>A set and its next version: from 1 July 2026 on indicators are added, retired, renamed, moved and replaced; the windows change in 2027.</summary>
internal static class NextVersion
{
    public const string Areas = """
        areas:
          - {code: "99", name: Tỉnh Thử, level: province, from: 1997-01-01, parent: VN}

        """;

    public const string Old = """
        set: demo
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2024-01-01
        prefix: DM
        areas: {level: province, within: "99"}
        regime:
          - {from: 2024-01-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: DM-A01
                number: "1"
                name: Cây lúa
                agency: Sở Nông nghiệp
                frequencies: [M]
                measures:
                  - {code: DM-A01.01, name: Sản lượng, kind: flow, aggregation: sum, unit: Tấn}
              - code: DM-A02
                number: "2"
                name: Đàn lợn
                agency: Sở Nông nghiệp
                frequencies: [M]
                measures:
                  - {code: DM-A02.01, name: Số con, kind: stock, aggregation: sum, unit: Con}
              - code: DM-A03
                number: "3"
                name: Tiến độ
                agency: Sở Tài chính
                frequencies: [M]
                measures:
                  - {code: DM-A03.01, name: Tỷ lệ, kind: ratio, aggregation: none, unit: "%"}

        """;

    public const string Next = """
        set: demo
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "2/QĐ-UBND"
        date: 2026-05-15
        prefix: DM
        areas: {level: province, within: "99"}
        regime:
          - {from: 2024-01-01, windows: calendar}
          - {from: 2027-01-01, windows: cutoff-15}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: DM-A01
                number: "1"
                name: Cây lúa nước
                agency: Sở Nông nghiệp
                frequencies: [M]
                was:
                  - {to: 2026-06-30, name: Cây lúa}
                measures:
                  - {code: DM-A01.01, name: Sản lượng, kind: flow, aggregation: sum, unit: Tấn}
                  - {code: DM-A01.02, name: Diện tích, kind: stock, aggregation: sum, unit: Ha, from: 2026-07-01}
              - code: DM-A02
                number: "2"
                name: Đàn lợn
                agency: Sở Nông nghiệp
                frequencies: [M]
                to: 2026-06-30
                measures:
                  - {code: DM-A02.01, name: Số con, kind: stock, aggregation: sum, unit: Con}
              - code: DM-A03
                number: "3"
                name: Tiến độ
                agency: Sở Kế hoạch
                frequencies: [Q]
                was:
                  - {to: 2026-06-30, agency: Sở Tài chính, frequencies: [M]}
                measures:
                  - {code: DM-A03.01, name: Tỷ lệ, kind: ratio, aggregation: none, unit: "%"}
              - code: DM-A04
                number: "4"
                name: Đàn gia súc
                agency: Sở Nông nghiệp
                frequencies: [M]
                from: 2026-07-01
                replaces: {code: DM-A02, continues: false}
                measures:
                  - code: DM-A04.01
                    name: Số con
                    kind: stock
                    aggregation: sum
                    unit: Con
                    replaces: {code: DM-A02.01, continues: true}

        """;
}
