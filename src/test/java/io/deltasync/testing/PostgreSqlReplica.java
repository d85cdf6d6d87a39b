package io.deltasync.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL with a streaming replica, on free ports. Both stop, and their data are
 * deleted, when it is closed or the JVM ends.
 */
public final class PostgreSqlReplica implements AutoCloseable {

	private static final String STOPPED_WITH_THIS_PROCESS = """
			set -e
			trap : HUP INT TERM
			"$1/bin/initdb" --pgdata "$2/primary" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
			  --no-sync >"$2/log" 2>&1
			cp -a "$2/primary" "$2/replica"
			touch "$2/replica/standby.signal"
			"$1/bin/pg_ctl" start --wait --silent --pgdata "$2/primary" --log "$2/log" --options "$3" </dev/null >>"$2/log" 2>&1
			"$1/bin/pg_ctl" start --wait --silent --pgdata "$2/replica" --log "$2/log" --options "$4" </dev/null >>"$2/log" 2>&1
			echo started
			cat >/dev/null || :
			"$1/bin/pg_ctl" stop --mode immediate --silent --pgdata "$2/replica" >/dev/null 2>&1 || :
			"$1/bin/pg_ctl" stop --mode immediate --silent --pgdata "$2/primary" >/dev/null 2>&1 || :
			rm -rf "$2"
			""";

	private static final String OPTIONS = "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off";

	private static final String REPLICATED_FROM = " -c 'primary_conninfo=host=127.0.0.1 port=%d user=postgres'";

	private final Process shell;

	private final DataSource primary;

	private final DataSource replica;

	private PostgreSqlReplica(Process shell, int primary, int replica) {
		this.shell = shell;
		this.primary = dataSource(primary);
		this.replica = dataSource(replica);
	}

	private static DataSource dataSource(int port) {
		return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", "");
	}

	/**
	 * Starts both, and returns when both answer. Skips the test where there are no
	 * programs, in CI it fails.
	 */
	public static PostgreSqlReplica start() throws IOException {
		Path programs = PostgreSqlServer.NEWEST.programs();
		Path directory = PostgreSqlServer.directory();
		int primary = PostgreSqlServer.freePort();
		int replica = PostgreSqlServer.freePort();
		Process shell = PostgreSqlServer.shell(directory, STOPPED_WITH_THIS_PROCESS, programs.toString(),
				directory.toString(), OPTIONS.formatted(primary),
				OPTIONS.formatted(replica) + REPLICATED_FROM.formatted(primary));
		String answer = shell.inputReader().readLine();
		if (!"started".equals(answer)) {
			Path log = directory.resolve("log");
			throw new IOException("%s%n%s".formatted(answer, Files.exists(log) ? Files.readString(log) : ""));
		}
		return new PostgreSqlReplica(shell, primary, replica);
	}

	public DataSource primary() {
		return this.primary;
	}

	public DataSource replica() {
		return this.replica;
	}

	/** Lets the replica fall behind. */
	public void pause() {
		new JdbcTemplate(this.replica).execute("SELECT pg_wal_replay_pause()");
		await("SELECT pg_get_wal_replay_pause_state() = 'paused'");
	}

	/** Lets the replica show all that the primary has committed. */
	public void catchUp() {
		String position = new JdbcTemplate(this.primary).queryForObject("SELECT pg_current_wal_lsn()::text",
				String.class);
		new JdbcTemplate(this.replica).execute("SELECT pg_wal_replay_resume()");
		await("SELECT pg_last_wal_replay_lsn() >= '%s'::pg_lsn".formatted(position));
	}

	private void await(String condition) {
		JdbcTemplate jdbc = new JdbcTemplate(this.replica);
		while (!Boolean.TRUE.equals(jdbc.queryForObject(condition, Boolean.class))) {
			Thread.onSpinWait();
		}
	}

	@Override
	public void close() throws IOException {
		this.shell.getOutputStream().close();
		this.shell.onExit().join();
	}

}
