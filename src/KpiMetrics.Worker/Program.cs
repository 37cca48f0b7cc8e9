Console.WriteLine("Ti\u0302\u0301ng Vie\u0323\u0302t".Normalize(System.Text.NormalizationForm.FormC).Length);
Console.WriteLine("Tiếng Việt".Normalize(System.Text.NormalizationForm.FormD).Length);
Console.WriteLine(TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh").GetUtcOffset(new DateTime(2000, 1, 1)));
