# The worker as an image: built with the SDK, run on a runtime image without shell or package manager, as a user without rights.
#
#   docker build --tag kpimetrics-worker .
#
# Both base images can be others (a mirror's, or made here); the one to run on needs the ASP.NET Core runtime, ICU and time zones.
# To pin by content put the digest behind the tag: ...-noble@sha256:... ('docker buildx imagetools inspect IMAGE' prints it).
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.400-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.11-noble-chiseled-extra

FROM ${SDK_IMAGE} AS build
# CI=true: the lock files decide, and no path of the build machine stays in the program.
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /source

# What packages are needed changes seldom: a layer of its own.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/BannedSymbols.txt eng/
COPY src/KpiMetrics.Core/*.csproj src/KpiMetrics.Core/packages.lock.json src/KpiMetrics.Core/
COPY src/KpiMetrics.Pipeline/*.csproj src/KpiMetrics.Pipeline/packages.lock.json src/KpiMetrics.Pipeline/
COPY src/KpiMetrics.Worker/*.csproj src/KpiMetrics.Worker/packages.lock.json src/KpiMetrics.Worker/
RUN dotnet restore src/KpiMetrics.Worker --locked-mode

COPY seeds seeds
COPY src src
# SQLite comes along for every system there is; the image is one of them. The image to run on cannot make a folder: the data's is made here.
RUN dotnet publish src/KpiMetrics.Worker --configuration Release --no-restore --output /app \
    && find /app/runtimes -mindepth 1 -maxdepth 1 ! -name 'linux*' ! -name unix -exec rm -r {} + \
    && mkdir -p /made/data

FROM ${RUNTIME_IMAGE}
ARG VERSION=local
LABEL org.opencontainers.image.title="KpiMetrics worker" \
    org.opencontainers.image.description="Collects a province's indicator sets on time and keeps, derives and publishes their figures" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}"
# Without ICU, names in Vietnamese would be compared wrongly: better not to start. Diagnostics would want files in /tmp.
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false DOTNET_EnableDiagnostics=0 TZ=Asia/Ho_Chi_Minh PATH=/app:/usr/local/bin:/usr/bin:/bin
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /made /var/lib/kpimetrics
WORKDIR /var/lib/kpimetrics
# The user 'app' of .NET's images, by number, as other base images do not know the name.
USER 1654:1654
VOLUME /var/lib/kpimetrics/data
EXPOSE 5080
# Told to stop, the worker finishes or gives back what it holds within 10 s: 'docker stop --time 30'.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/app/KpiMetrics.Worker", "health"]
ENTRYPOINT ["/app/KpiMetrics.Worker"]
CMD ["run"]
