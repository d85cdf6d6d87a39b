package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product, as its user runs it: the runnable jar in a directory with an
 * {@code application.yaml}.
 *
 * @param name its name in the report
 * @param launch what starts it
 * @param sourceUrl the source's database
 * @param targetUrl the target's database
 * @param table the table there
 * @param parallel whether the Link may use several lanes
 * @param bulk whether its target loads in bulk, with batches to match
 * @param jobsUrl a database for the job repository, or empty for the embedded default
 * @param jobsUser its user
 */
record DeltaSyncProgram(String name, List<String> launch, String sourceUrl, String targetUrl, String table,
		boolean parallel, boolean bulk, String jobsUrl, String jobsUser) implements Contender {

	static final String LINK = "bench";

	private static final int BATCH = 1_000;

	private static final int BULK_BATCH = 10_000;

	@Override
	public void prepare(Path directory) throws IOException {
		String repository = this.jobsUrl.isEmpty() ? "" : """
				spring:
				  profiles:
				    active: mysql
				  datasource:
				    url: "%s"
				    username: "%s"
				""".formatted(this.jobsUrl, this.jobsUser);
		Files.writeString(directory.resolve("application.yaml"),
				repository + """
						deltasync:
						  connections:
						    src: { url: "%s" }
						    dst: { url: "%s" }
						  links:
						    %s:
						      source: { adapter: jdbc, connection: src, table: %s, key: id, delta-column: updated_at }
						      target: { adapter: jdbc, connection: dst, table: %s, key: id%s }
						      parallel: %s
						      batch-size-limit: %d
						""".formatted(this.sourceUrl, this.targetUrl, LINK, Dataset.SOURCE_TABLE, this.table,
						this.bulk ? ", bulk: true, batch-size: " + BULK_BATCH : "", this.parallel,
						this.bulk ? BULK_BATCH : BATCH));
	}

	@Override
	public List<String> fullLoad() {
		return run("--full");
	}

	@Override
	public List<String> delta(String since) {
		return run(); // it knows by itself since when
	}

	private List<String> run(String... more) {
		return command("run", Stream.concat(Stream.of("--json"), Stream.of(more)));
	}

	/** The command that compares both ends. */
	List<String> verify() {
		return command("verify", Stream.of("--json"));
	}

	private List<String> command(String command, Stream<String> options) {
		return Stream.of(this.launch.stream(), Stream.of(command, LINK), options).flatMap((part) -> part).toList();
	}

	@Override
	public Copied copied(String output) {
		return copiedBy(output);
	}

	/** What the event of the run says. */
	static Copied copiedBy(String output) {
		JsonNode event = event(output);
		return new Copied(event.required("records").required("written").asLong(),
				Duration.between(Instant.parse(event.required("startedAt").asString()),
						Instant.parse(event.required("endedAt").asString())));
	}

	/** The event of the run, as the program printed it. */
	static JsonNode event(String output) {
		if (!output.startsWith("{")) {
			throw new IllegalArgumentException("The program does not print an event");
		}
		JsonNode printed = JsonMapper.shared().readTree(output);
		return printed.hasNonNull("event") ? printed.required("event") : printed;
	}

}
