package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product with a source that is no table.
 *
 * @param name its name in the report
 * @param launch what starts it
 * @param connection the URL of a connection of the type {@code http}; empty for none
 * @param source the configuration of the source
 * @param targetUrl the target's database
 * @param parallel whether the Link may use several lanes
 */
record FileProgram(String name, List<String> launch, String connection, String source, String targetUrl,
		boolean parallel) implements Contender {

	@Override
	public void prepare(Path directory) throws IOException {
		Files.writeString(directory.resolve("application.yaml"), """
				deltasync:
				  connections:
				    dst: { url: "%s" }
				    api: { type: http, url: "%s", allow-private: true, max-answer: 100GB, call-timeout: 2h }
				  links:
				    %s:
				      source: { %s }
				      target: { adapter: jdbc, connection: dst, table: %s, key: id }
				      parallel: %s
				      batch-size-limit: 1000
				""".formatted(this.targetUrl, this.connection.isEmpty() ? "https://localhost" : this.connection,
				DeltaSyncProgram.LINK, this.source, Dataset.TARGET_TABLE, this.parallel));
	}

	@Override
	public List<String> fullLoad() {
		return Stream.concat(this.launch.stream(), Stream.of("run", DeltaSyncProgram.LINK, "--full", "--json"))
			.toList();
	}

	@Override
	public List<String> delta(String since) {
		return List.of();
	}

	@Override
	public Copied copied(String output) {
		return DeltaSyncProgram.copiedBy(output);
	}

}
