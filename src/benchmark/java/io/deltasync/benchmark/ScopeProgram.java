package io.deltasync.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product with the in-memory source dropped in.
 *
 * @param jar the runnable jar
 * @param adapters the directory with the source
 * @param adapter the source's name
 * @param records how many records there are
 * @param scopes how many scopes they come in; 0: none, all at once
 * @param fetchMillis how long each fetch takes
 * @param lanes how many lanes; 0: as many as there are by default
 */
record ScopeProgram(Path jar, Path adapters, String adapter, int records, int scopes, int fetchMillis,
		int lanes) implements ScopeContender {

	private static final String LINK = "bench";

	@Override
	public void prepare(Path directory, ScopeDatabase database) throws IOException, SQLException {
		database.create();
		Files.writeString(directory.resolve("application.yaml"),
				database.configuration() + """
						deltasync:
						  connections:
						    dst: { url: "%s", username: "%s" }
						  links:
						    %s:
						      source: { adapter: %s, table: records, records: %d, scopes: %d, fetch-millis: %d }
						      target: { adapter: jdbc, connection: dst, table: %s }
						      parallel: %s
						%s
						""".formatted(database.targetUrl(), database.user(), LINK, this.adapter, this.records,
						this.scopes, this.fetchMillis, ScopeDatabase.TABLE, this.lanes != 1,
						(this.lanes > 1) ? "      lanes: " + this.lanes : ""));
	}

	@Override
	public List<String> command(ScopeDatabase database) {
		return command(this.jar, this.adapters, "run", LINK, "--json");
	}

	/** How the product is started with the adapters dropped in. */
	static List<String> command(Path jar, Path adapters, String... arguments) {
		return Stream
			.concat(Stream.of(Contender.JAVA, Contender.HEAP, "-Dloader.path=" + adapters, "-jar", jar.toString()),
					Stream.of(arguments))
			.toList();
	}

	@Override
	public ScopeRun parse(String output) {
		return ScopeRun.ofProduct(output);
	}

	@Override
	public long recordsNotEqual(ScopeDatabase database) throws SQLException {
		return database.recordsNotEqual(database.targetUrl(), this.records);
	}

}
