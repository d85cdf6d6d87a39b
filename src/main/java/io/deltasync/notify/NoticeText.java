package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.deltasync.config.Secrets;
import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;
import io.deltasync.link.notification.NoticeKind;
import io.deltasync.notify.Condition.Phase;
import io.deltasync.reject.Waiting;
import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;

/**
 * Puts the begin and the end of a state into words. Messages leave the house, so they
 * contain no record's values: only counts, times, and the reason that the event shows.
 */
final class NoticeText {

	private static final int LONGEST = 1000;

	private NoticeText() {
	}

	static Notice notice(NoticeKind kind, Phase phase, Instant since, LinkFacts facts) {
		SyncEvent newest = facts.newest();
		return new Notice(type(kind, phase), facts.now(),
				new Notice.Data(facts.link(), kind.words(), phase.name().toLowerCase(Locale.ROOT), since,
						Columns.cut((phase == Phase.BEGIN) ? begin(kind, since, facts) : end(kind, facts), LONGEST),
						command(kind, facts), (newest != null) ? newest.id() : null,
						(newest != null) ? Formats.status(newest) : null, facts.success(),
						facts.backlog(Waiting.HOLDING).count(), facts.backlog(Waiting.QUARANTINED).count()));
	}

	private static String type(NoticeKind kind, Phase phase) {
		if (phase == Phase.BEGIN) {
			return "link." + kind.words();
		}
		return (kind == NoticeKind.FAILED) ? "link.recovered" : "link.%s.ended".formatted(kind.words());
	}

	private static String begin(NoticeKind kind, Instant since, LinkFacts facts) {
		return switch (kind) {
			case FAILED -> "Link '%s' failed: %s".formatted(facts.link(), reason(facts.newest()));
			case STALE -> (facts.success() != null)
					? "Link '%s' has had no successful run since %s, which is %s ago".formatted(facts.link(),
							Formats.time(since), age(since, facts))
					: "Link '%s' has never had a successful run; it has been known for %s".formatted(facts.link(),
							age(since, facts));
			case HOLDING -> "Link '%s': %s cannot be delivered and hold its window, the first since %s"
				.formatted(facts.link(), records(Waiting.HOLDING, facts), Formats.time(since));
			case QUARANTINE -> "Link '%s': %s in quarantine, the first since %s".formatted(facts.link(),
					records(Waiting.QUARANTINED, facts), Formats.time(since));
			case SCHEMA -> "Link '%s': %s".formatted(facts.link(), String.join(". ", facts.changedColumns()));
		};
	}

	private static String end(NoticeKind kind, LinkFacts facts) {
		return switch (kind) {
			case FAILED -> "Link '%s' has recovered: event %s was successful".formatted(facts.link(),
					(facts.newest() != null) ? String.valueOf(facts.newest().id()) : "-");
			case STALE -> "Link '%s' is no longer stale: its last success was started at %s".formatted(facts.link(),
					Formats.time(facts.success()));
			case HOLDING -> "Link '%s': no record has held its window for too long any more".formatted(facts.link());
			case QUARANTINE -> "Link '%s': no record is in quarantine any more".formatted(facts.link());
			case SCHEMA -> "Link '%s': its columns have not changed again".formatted(facts.link());
		};
	}

	private static String records(Waiting waiting, LinkFacts facts) {
		return Formats.records(facts.backlog(waiting).count());
	}

	private static String age(Instant since, LinkFacts facts) {
		return Formats.age(Duration.between(since, facts.now()));
	}

	private static String reason(@Nullable SyncEvent run) {
		if (run == null) {
			return "its newest run was not successful";
		}
		String why = run.errors()
			.stream()
			.filter((error) -> error.level() == SyncEvent.Failure.Level.SYSTEM)
			.map((error) -> Secrets.mask(error.message()))
			.findFirst()
			.orElseGet(() -> "%s of %s failed, %s of %s failed".formatted(Formats.number(run.records().failed()),
					Formats.records(run.records().fetched()), Formats.number(run.scopes().failed()),
					run.scopes().total() + " scopes"));
		return "event %d: %s: %s".formatted(run.id(), Formats.status(run), why);
	}

	private static String command(NoticeKind kind, LinkFacts facts) {
		return switch (kind) {
			case FAILED, SCHEMA -> (facts.newest() != null) ? "event " + facts.newest().id() : "events " + facts.link();
			case STALE -> "events " + facts.link();
			case HOLDING, QUARANTINE -> "rejects " + facts.link();
		};
	}

}
