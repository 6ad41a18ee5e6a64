using Baotou.Payouts.Local.Commands;

return await PayoutsCommand.RunAsync(args, Surroundings.OfProcess(), CancellationToken.None);
