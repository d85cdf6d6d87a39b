package io.deltasync.cli.text;

import java.util.List;
import java.util.Objects;

import io.deltasync.event.Formats;
import io.deltasync.notice.ChannelFigures;
import io.deltasync.notify.Channels;

/**
 * Formats answers to test messages, and messages that were not sent, as tables.
 */
public final class NotificationsText {

	private NotificationsText() {
	}

	public static String ofTest(List<Channels.TestAnswer> answers) {
		TextTable table = new TextTable("CHANNEL", "TO", "TEST", "ANSWER");
		answers.forEach((answer) -> table.row(answer.channel(), answer.to(), answer.accepted() ? "sent" : "failed",
				answer.answer()));
		return table.toString();
	}

	public static String ofUnsent(List<ChannelFigures> channels) {
		if (channels.isEmpty()) {
			return "All notifications were sent";
		}
		TextTable table = new TextTable("CHANNEL", ">PENDING", ">FAILING", "OLDEST", ">EXPIRED", "PROBLEM");
		channels.forEach((channel) -> table.row(channel.channel(), Formats.number(channel.pending()),
				Formats.number(channel.failing()), Formats.time(channel.oldestPending()),
				Formats.number(channel.expired()), Objects.requireNonNullElse(channel.problem(), "-")));
		return table.toString();
	}

}
