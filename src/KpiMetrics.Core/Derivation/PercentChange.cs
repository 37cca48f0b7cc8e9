namespace KpiMetrics.Core.Derivation;

/// <summary><c>(v - b) / |b| * 100</c>, digit for digit what decimals give, in machine words where both figures are short enough.</summary>
/// <remarks>
/// A decimal quotient has as many of its 28 digits after the point as fit into 96 bits, the last rounded half to even, and no zeros at its end. A
/// hundred times a full one is the same digits with the point two further. What is not like that is left to decimals: quotients
/// that end, and those that begin with a 7, as the largest 96-bit number does.
/// </remarks>
public static class PercentChange
{
    // A remainder below it can be given ten more digits within 64 bits.
    private const ulong MostBase = 1_844_674_407;
    private const ulong TenDigits = 10_000_000_000;
    private const int MostDigitsBefore = 8;

    // The largest 96-bit number less its last digit.
    private const ulong MostTenfoldHigh = 429_496_729;
    private const ulong MostTenfoldLow = 0x9999_9999_9999_9999;

    private static ReadOnlySpan<ulong> PowersOf10 =>
        [
            1,
            10,
            100,
            1_000,
            10_000,
            100_000,
            1_000_000,
            10_000_000,
            100_000_000,
            1_000_000_000,
            10_000_000_000,
            100_000_000_000,
            1_000_000_000_000,
            10_000_000_000_000,
            100_000_000_000_000,
            1_000_000_000_000_000,
            10_000_000_000_000_000,
            100_000_000_000_000_000,
            1_000_000_000_000_000_000,
        ];

    /// <param name="before">Not zero.</param>
    /// <exception cref="OverflowException">The result has more digits than a decimal holds.</exception>
    public static decimal Of(decimal value, decimal before)
    {
        Span<int> now = stackalloc int[4];
        Span<int> then = stackalloc int[4];
        decimal.GetBits(value, now);
        decimal.GetBits(before, then);
        var flags = now[3] ^ then[3];
        // Of one scale, with 62 bits at most: so the difference has 63.
        if ((flags & int.MaxValue) == 0 && (now[2] | then[2]) == 0 && (now[1] | then[1]) is >= 0 and < 1 << 30)
        {
            var (v, b) = (Signed(now), Signed(then));
            var by = (ulong)Math.Abs(b);
            if (by - 1 < MostBase && TryQuotient((ulong)Math.Abs(v - b), by, v < b, out var percent))
                return percent;
        }
        return (value - before) / Math.Abs(before) * 100m;
    }

    private static long Signed(Span<int> bits)
    {
        var magnitude = (long)Word(bits[1], bits[0]);
        return bits[3] < 0 ? -magnitude : magnitude;
    }

    private static ulong Word(int high, int low) => unchecked(((ulong)(uint)high << 32) | (uint)low);

    private static bool TryQuotient(ulong above, ulong below, bool isNegative, out decimal percent)
    {
        percent = 0m;
        var (whole, rest) = Math.DivRem(above, below);
        var before = 0;
        for (var limit = 7UL; whole >= limit; limit *= 10)
        {
            if (whole < limit / 7 * 8 || ++before > MostDigitsBefore)
                return false;
        }
        // 28 digits less those before the point: ten, ten, and up to eight.
        (var first, rest) = Math.DivRem(rest * TenDigits, below);
        (var second, rest) = Math.DivRem(rest * TenDigits, below);
        var power = PowersOf10[8 - before];
        (var third, rest) = Math.DivRem(rest * power, below);
        if (rest == 0)
            return false;
        var high = Math.BigMul(whole * TenDigits + first, PowersOf10[18 - before], out var low);
        third += second * power;
        if (rest * 2 > below || rest * 2 == below && ulong.IsOddInteger(low ^ third))
            third++;
        low = unchecked(low + third);
        if (low < third)
            high++;
        // 2 to the 64th leaves 6 when divided by ten.
        if ((high * 6 + low % 10) % 10 == 0)
            return false;
        var scale = 28 - before;
        for (var i = 0; i < 2; i++)
        {
            if (high < MostTenfoldHigh || high == MostTenfoldHigh && low <= MostTenfoldLow)
                high = high * 10 + Math.BigMul(low, 10, out low);
            else
                scale--;
        }
        percent = unchecked(new((int)low, (int)(low >> 32), (int)high, isNegative, (byte)scale));
        return true;
    }
}
