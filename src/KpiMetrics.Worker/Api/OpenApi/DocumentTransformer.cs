using KpiMetrics.Worker.Api.Gate;
using KpiMetrics.Worker.Api.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace KpiMetrics.Worker.Api.OpenApi;

/// <summary>What the document says beside the endpoints: title, tokens, and that anything may fail with a problem.</summary>
internal sealed class DocumentTransformer(ApiOptions options) : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string Scheme = "token";

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new()
        {
            Title = "KpiMetrics",
            Version = "v1",
            Description = "Figures of indicator sets: report them, read them with their comparisons, ask where they came from.",
        };
        document.Servers = []; // where it was fetched from
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "Made with 'token create'.",
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var needsToken = endpoint.OfType<AllowedRoles>().Any() || options.AllowRemote && !endpoint.OfType<OpenToAll>().Any();
        if (needsToken)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Anything else that went wrong",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ProblemWriter.ContentType] = new() },
        };
        return Task.CompletedTask;
    }
}
