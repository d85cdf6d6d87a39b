package io.deltasync.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.deltasync.event.Formats;
import io.deltasync.notify.LinkHealth;
import io.deltasync.notify.LinkHealth.Level;

/**
 * Formats the answer to a monitor on one line, with figures after a bar as Nagios'
 * plug-ins have them.
 */
public final class HealthText {

	private static final int MOST_LINKS = 5;

	private HealthText() {
	}

	public static String of(Level worst, List<LinkHealth> links, Instant now) {
		List<LinkHealth> bad = links.stream()
			.filter((link) -> link.level() != Level.OK)
			.sorted((one, other) -> other.level().compareTo(one.level()))
			.toList();
		String text = bad.isEmpty() ? well(links, now)
				: bad.stream().limit(MOST_LINKS).map(HealthText::of).collect(Collectors.joining("; "))
						+ ((bad.size() > MOST_LINKS) ? "; and %d more Links".formatted(bad.size() - MOST_LINKS) : "");
		// a bar would begin the figures
		return Printable.line("DELTASYNC %s - %s | links=%d warning=%d critical=%d%s".formatted(worst,
				text.replace('|', '/'), links.size(), count(Level.WARNING, links), count(Level.CRITICAL, links),
				oldest(links)
					.map((oldest) -> " oldest_success=%ds"
						.formatted(Math.max(0, Duration.between(oldest, now).toSeconds())))
					.orElse("")));
	}

	private static String well(List<LinkHealth> links, Instant now) {
		if (links.isEmpty()) {
			return "no Link is configured";
		}
		return "%s, the oldest success %s ago".formatted(
				(links.size() == 1) ? "Link '" + links.get(0).link() + "'" : links.size() + " Links",
				oldest(links).map((oldest) -> Formats.age(Duration.between(oldest, now))).orElse("-"));
	}

	private static String of(LinkHealth link) {
		return "Link '%s': %s".formatted(link.link(), String.join(", ", link.problems()));
	}

	private static long count(Level level, List<LinkHealth> links) {
		return links.stream().filter((link) -> link.level() == level).count();
	}

	private static Optional<Instant> oldest(List<LinkHealth> links) {
		return links.stream().map(LinkHealth::lastSuccess).filter(Objects::nonNull).min(Instant::compareTo);
	}

}
