package io.deltasync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options of Links that read HTTP APIs. Pages that could move are read up to a time
 * at which all that bears it is committed, as the documentation asks for.
 */
final class ApiOptions {

	private static final String SETTLE = "source.delta.settle=";

	private static final String[] UP_TO_NOW = { "source.delta.overlap=1m", SETTLE + "PT0S" };

	private static final String[] UP_TO_SOON = { "source.delta.overlap=1m", SETTLE + "PT10S" };

	/** Later than any transaction lasts, also for times in whole seconds. */
	private static final String[] UP_TO_SETTLED = { "source.delta.overlap=0s", SETTLE + "PT62S" };

	private ApiOptions() {
	}

	static String[] numbered() {
		return of(UP_TO_SETTLED, "source.path=/rows", "source.query.from={since}", "source.query.to={until}",
				"source.records=data.rows", "source.fail-when=error", "source.paging.type=page",
				"source.paging.page-param=page", "source.paging.size=2", "source.paging.total=header:Total");
	}

	static String[] offsets() {
		return of(UP_TO_SETTLED, "source.path=/rows", "source.query.from={since}", "source.query.to={until}",
				"source.records=data.rows", "source.fail-when=error", "source.paging.type=next",
				"source.paging.next=next", "source.paging.next-param=cursor", "source.paging.total=total",
				"skip-unchanged=true");
	}

	static String[] tokens() {
		return of(UP_TO_SOON, "source.path=/rows", "source.query.from={since}", "source.query.to={until}",
				"source.delta.format=epoch-millis", "source.records=data.rows", "source.fail-when=error",
				"source.paging.type=next", "source.paging.next=next", "source.paging.next-param=cursor",
				"source.paging.more=more", "deletes=hard", "max-delete-share=100");
	}

	static String[] listed() {
		return of(UP_TO_SETTLED, "source.list.path=/ids", "source.list.query.from={since}",
				"source.list.query.to={until}", "source.delta.format=epoch-seconds", "source.list.records=data.rows",
				"source.fail-when=error", "source.list.paging.type=page", "source.list.paging.page-param=page",
				"source.list.paging.size=2", "source.list.paging.total=total", "source.path=/rows/{id}",
				"source.missing=delete");
	}

	static String[] exported() {
		return of(UP_TO_SOON, "source.export.create.path=/exports", "source.export.create.body.from={since}",
				"source.export.create.body.to={until}", "source.delta.format=yyyy-MM-dd HH:mm:ss, Europe/Berlin",
				"source.export.poll.path=/exports/{job.id}", "source.export.poll.done=done",
				"source.export.poll.running=queued,working", "source.export.poll.failed=broken",
				"source.export.poll.empty=none", "source.export.poll.total=rows",
				"source.export.download.path=/exports/{job.id}/file", "source.export.download.format=jsonl",
				"source.export.delete.path=/exports/{job.id}", "deletes=hard", "max-delete-share=100");
	}

	static String[] filtered() {
		return of(UP_TO_NOW, "source.path=/rows", "source.records=data.rows", "source.fail-when=error", "deletes=hard",
				"max-delete-share=100");
	}

	private static String[] of(String[] delta, String... more) {
		return Stream
			.of(Stream.of("source.adapter=simulatedApi", "source.key=ID", "source.delta.property=CHANGED", "lanes=1"),
					Stream.of(delta), Stream.of(more))
			.flatMap((settings) -> settings)
			.toArray(String[]::new);
	}

	/** Returns how far behind the source's clock a run ends. */
	static Duration settle(List<String> settings) {
		return settings.stream()
			.filter((setting) -> setting.startsWith(SETTLE))
			.map((setting) -> Duration.parse(setting.substring(SETTLE.length())))
			.findFirst()
			.orElse(Duration.ZERO);
	}

	/** Returns the settings of a Link's connection in a process. */
	static List<String> connection(LinkKind kind, String url, String process) {
		String prefix = "deltasync.connections.%s.".formatted(kind.link());
		return List.of(prefix + "type=http", prefix + "url=" + url + "/" + kind.link(), prefix + "allow-private=true",
				prefix + "retries=1", prefix + "max-wait=1ms",
				prefix + "headers." + ApiRequest.PROCESS + "=" + process);
	}

}
