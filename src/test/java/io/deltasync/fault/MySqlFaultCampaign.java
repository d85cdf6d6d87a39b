package io.deltasync.fault;

import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.testing.TcpProxy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A campaign on MySQL, whose source changes while runs read it.
 */
abstract class MySqlFaultCampaign extends FaultCampaign {

	private static final Pattern SERVER = Pattern.compile("//([^:/]+):(\\d+)/");

	private static final long BETWEEN_CHANGES_NANOS = 5_000_000;

	private final Map<String, TcpProxy> proxies = new ConcurrentHashMap<>();

	/** The proxy that stands before a database, which all runs connect through. */
	final TcpProxy proxy(String database) {
		return this.proxies.computeIfAbsent(database, (key) -> {
			Matcher server = SERVER.matcher(url(database));
			if (!server.find()) {
				throw new IllegalStateException("no host and port: " + url(database));
			}
			return new TcpProxy(new InetSocketAddress(server.group(1), Integer.parseInt(server.group(2))));
		});
	}

	final void closeProxies() {
		this.proxies.values().forEach(TcpProxy::close);
	}

	@Override
	final String urlOfRuns(String database) {
		return SERVER.matcher(url(database)).replaceFirst("//127.0.0.1:%d/".formatted(proxy(database).port()));
	}

	@Override
	final @Nullable String username() {
		return null;
	}

	@Override
	final String inSession(String url, @Nullable String zone, boolean limited) {
		List<String> variables = new ArrayList<>();
		if (zone != null) {
			variables.add("time_zone='%s'".formatted(zone));
		}
		if (limited) {
			variables.addAll(List.of("sql_select_limit=%d".formatted(People.FIRST / 10), "max_execution_time=1"));
		}
		return variables.isEmpty() ? url
				: url + "&sessionVariables=" + URLEncoder.encode(String.join(",", variables), StandardCharsets.UTF_8);
	}

	@Override
	final People.Columns columns(boolean local) {
		return new People.Columns("VARCHAR(20) COLLATE utf8mb4_bin", "CHAR(20) COLLATE utf8mb4_general_ci",
				local ? "DATETIME(6)" : "TIMESTAMP(6)");
	}

	@Override
	final void countRows(JdbcTemplate target) {
		target.execute("CREATE TRIGGER SLOW BEFORE INSERT ON CONTACT FOR EACH ROW DO SLEEP(%s)"
			.formatted(CountedRows.NANOS / 1e9));
		target.execute("CREATE TRIGGER COUNTED BEFORE UPDATE ON CONTACT FOR EACH ROW "
				+ "SET NEW.TIMES = IF(NEW.TIMES = OLD.TIMES, OLD.TIMES + 1, NEW.TIMES)");
	}

	@Override
	final AutoCloseable meanwhile() {
		Changes changes = new Changes(databases().url(CampaignDatabases.SOURCE));
		Thread thread = new Thread(changes, "changes");
		thread.start();
		return () -> {
			changes.over = true;
			thread.join();
		};
	}

	/** Changes one row after the other, for as long as the server is there. */
	private static final class Changes implements Runnable {

		private final String url;

		private volatile boolean over;

		Changes(String url) {
			this.url = url;
		}

		@Override
		public void run() {
			Random random = new Random(this.url.hashCode());
			try (Connection connection = DriverManager.getConnection(this.url);
					PreparedStatement change = connection.prepareStatement(
							"UPDATE PERSON SET NAME = ?, UPDATED_AT = CURRENT_TIMESTAMP(6) WHERE ID = ?")) {
				for (int version = 0; !this.over; version++) {
					change.setString(1, "meanwhile " + version);
					change.setInt(2, random.nextInt(People.FIRST));
					change.executeUpdate();
					LockSupport.parkNanos(BETWEEN_CHANGES_NANOS);
				}
			}
			catch (SQLException ex) {
				// what it has committed until then counts
			}
		}

	}

}
