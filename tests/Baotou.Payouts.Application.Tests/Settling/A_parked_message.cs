using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Settling;

public sealed class A_parked_message
{
    private const string Body = """{"source":"culture","walk":1}""";

    [Fact]
    public async Task Sent_again_does_its_work_and_is_settled_until_it_fails_again()
    {
        var city = new TinyCity();
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Until("2023-01-31");
        await using var engine = new Engine(city, new InMemoryRowStore());
        await engine.Get<PoisonParking>().ParkAsync(QueueNames.Pull, Body, default);
        var parked = Assert.Single(await engine.Get<ParkedCases>().ListAsync(default));
        var wish = new CaseWish(
            QueueNames.Pull,
            parked.Subject.Id,
            0,
            new RequestMark("wang", "key-1", ContentHash.OfText("body")),
            TinyCity.Morning("2023-02-01")
        );

        Assert.IsType<CaseSettled<ParkedWork>.Done>(await engine.Get<ParkedCases>().ReplayAsync(wish, default));
        await engine.DrainAsync();

        Assert.Equal(1, (await engine.Get<ISourceLog>().ReadAsync("culture", default)).Standing.Walks);
        Assert.False(Assert.Single(await engine.Get<ParkedCases>().ListAsync(default)).IsOpen);
        Assert.IsType<CaseSettled<ParkedWork>.NotNow>(
            await engine.Get<ParkedCases>().ReplayAsync(wish with { Shown = null, Request = wish.Request with { Key = "key-2" } }, default)
        );

        await engine.Get<PoisonParking>().ParkAsync(QueueNames.Pull, Body, default);
        await engine.Get<PoisonParking>().ParkAsync(QueueNames.Pull, Body, default);
        var back = Assert.Single(await engine.Get<ParkedCases>().ListAsync(default));
        Assert.Equal([CaseWord.Replayed, CaseWord.CameBack], back.Acts.Select(a => a.Word));
        Assert.True(back.IsOpen);
        Assert.IsType<CaseSettled<ParkedWork>.Done>(
            await engine
                .Get<ParkedCases>()
                .DiscardAsync(wish with { Shown = 2, Request = wish.Request with { Key = "key-3" } }, "its agency is gone", default)
        );
        await engine.VerifyHoldsAsync();
    }
}
