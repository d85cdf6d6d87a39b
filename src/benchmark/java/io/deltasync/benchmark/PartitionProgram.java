package io.deltasync.benchmark;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Spring Batch with a partition for each scope.
 *
 * @param scopes how many
 * @param threads how many at a time
 */
record PartitionProgram(int scopes, int threads) implements ScopeContender {

	@Override
	public void prepare(Path directory, ScopeDatabase database) throws SQLException {
		database.createBesideJobs();
	}

	@Override
	public List<String> command(ScopeDatabase database) {
		return List.of(Contender.JAVA, Contender.HEAP, "-classpath", JavaProgram.libraries(),
				PartitionPerScope.class.getName(), database.jobsUrl(), database.user(), String.valueOf(this.scopes),
				String.valueOf(this.threads));
	}

	@Override
	public ScopeRun parse(String output) {
		Copied copied = Copied.parse(output);
		return new ScopeRun(copied.time(), Duration.ZERO, Map.of());
	}

	@Override
	public long recordsNotEqual(ScopeDatabase database) throws SQLException {
		return database.recordsNotEqual(database.jobsUrl(), this.scopes);
	}

}
