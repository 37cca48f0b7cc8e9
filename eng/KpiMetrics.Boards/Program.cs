using KpiMetrics.Boards;

// Writes the boards of Grafana: dotnet run --project eng/KpiMetrics.Boards [-- FOLDER]
// A test holds the files of dashboards/ against what this writes.
return BoardFiles.Write(args is [var folder] ? folder : "dashboards", Console.Out);
