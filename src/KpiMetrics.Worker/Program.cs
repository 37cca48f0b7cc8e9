using System.Text;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Composition;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System, CancellationToken.None);
