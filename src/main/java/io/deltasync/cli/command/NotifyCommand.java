package io.deltasync.cli.command;

import java.util.List;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.cli.text.NotificationsText;
import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.link.Link;
import io.deltasync.notice.ChannelFigures;
import io.deltasync.notify.Channels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code notify [LINK] [--test]}.
 */
@CommandLine.Command(name = "notify",
		description = "Sends the notifications that are due, where no serve does so, and lists what could not be sent; with --test, sends a test message instead and prints the answers.")
public class NotifyCommand extends PrintingCommand {

	@Option(names = "--test", description = "Send a test message to every channel, or to those of the Link.")
	private boolean test;

	@Parameters(paramLabel = "LINK", arity = "0..1", description = "The Link's name; only with --test.")
	private @Nullable String link;

	@Override
	public boolean needsAllLinks() {
		return !this.test;
	}

	@Override
	public ExitCode execute(CommandContext context) {
		Link found = (this.link != null) ? context.links().get(this.link) : null;
		if (found != null && !this.test) {
			throw new LaunchException(ExitCode.USAGE.value(), "'notify' takes a Link only with --test", "", null);
		}
		List<String> channels = (found != null) ? found.notifications().channels()
				: List.copyOf(context.links().notifications().channels().keySet());
		if (channels.isEmpty()) {
			throw new LaunchException(ExitCode.CONFIGURATION.value(),
					(found != null) ? "Link '%s' has no channel for notifications".formatted(found.name())
							: "No channel for notifications is configured",
					"Add one below deltasync.notifications.channels", null);
		}
		return this.test ? test(channels, context) : send(context);
	}

	private ExitCode test(List<String> channels, CommandContext context) {
		List<Channels.TestAnswer> answers = context.channels()
			.getObject()
			.test(channels, this.link, context.clock().instant());
		print(answers, () -> NotificationsText.ofTest(answers));
		return answers.stream().allMatch(Channels.TestAnswer::accepted) ? ExitCode.SUCCESS : ExitCode.NOT_SUCCESSFUL;
	}

	private ExitCode send(CommandContext context) {
		List<ChannelFigures> left = context.notifier().getObject().sendNow();
		print(left, () -> NotificationsText.ofUnsent(left));
		return left.stream().allMatch((channel) -> channel.pending() == 0) ? ExitCode.SUCCESS : ExitCode.NOT_SUCCESSFUL;
	}

}
