package io.deltasync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.schema.Product;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The databases that tests run on. Each hands out any number of schemas (databases, as
 * MySQL calls them) that share nothing: <pre>
 * TestDatabase database = TestDatabase.MYSQL;
 * String schema = database.createSchema();  // skips the test when there is no server
 * DataSource source = database.dataSource(schema);
 * </pre> Nothing is started or connected before a schema is asked for. Servers run in the
 * time zone -08:00, so that a test shows what leans on the server's zone. Safe for use by
 * many threads.
 */
public enum TestDatabase {

	/** H2 in memory; a schema is a database of its own. */
	H2 {
		@Override
		public String url(String schema) {
			return "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(schema);
		}

		@Override
		public String username() {
			return "sa";
		}

		@Override
		void create(String schema) throws SQLException {
			execute(url(schema), "DROP ALL OBJECTS");
		}
	},

	/** MariaDB, started from a jar. */
	MARIADB {
		@Override
		public String url(String schema) {
			return "jdbc:mariadb://127.0.0.1:%d/%s?rewriteBatchedStatements=true&tinyInt1isBit=false"
				.formatted(MariaDbServer.port(), schema);
		}

		@Override
		public String username() {
			return "root";
		}

		@Override
		void create(String schema) throws SQLException {
			recreate(url(""), schema);
		}
	},

	/**
	 * The MySQL server that the environment variable {@value #MYSQL_URL} names, such as
	 * {@code jdbc:mysql://127.0.0.1:33307/?user=root&allowPublicKeyRetrieval=true&useSSL=false}.
	 * Its account may create and drop databases; those made here begin with
	 * {@code deltasync_}. Without the variable the test is skipped, in CI it fails. Where
	 * it names several servers, separated by blanks, each JVM of a build has its own:
	 * DeltaSync waits for open transactions, and sees those of all that use a server.
	 */
	MYSQL {
		@Override
		public String url(String schema) {
			String server = server();
			int query = server.indexOf('?');
			String base = (query < 0) ? server : server.substring(0, query);
			String parameters = (query < 0) ? "" : "&" + server.substring(query + 1);
			base = base.substring(0, base.indexOf('/', "jdbc:mysql://".length()) + 1);
			return base + schema + "?rewriteBatchedStatements=true&tinyInt1isBit=false&allowLoadLocalInfileInPath="
					+ URLEncoder.encode(Path.of(System.getProperty("java.home"), "lib").toString(),
							StandardCharsets.UTF_8)
					+ parameters;
		}

		@Override
		public @Nullable String username() {
			return null;
		}

		@Override
		void create(String schema) throws SQLException {
			recreate(url(""), schema);
		}

		private static String server() {
			String server = System.getenv(MYSQL_URL);
			if (server == null || server.isBlank()) {
				String reason = "needs a MySQL server: set %s to its JDBC URL".formatted(MYSQL_URL);
				if (Boolean.parseBoolean(System.getenv("CI"))) {
					Assertions.fail(reason);
				}
				Assumptions.abort(reason);
			}
			String[] servers = server.strip().split(" +");
			return servers[(Integer.getInteger("deltasync.fork", 1) - 1) % servers.length];
		}
	},

	/** The newest PostgreSQL, started from a jar. */
	POSTGRESQL {
		@Override
		public String url(String schema) {
			return PostgreSqlServer.NEWEST.url(schema);
		}

		@Override
		public String username() {
			return PostgreSqlServer.USERNAME;
		}

		@Override
		void create(String schema) throws SQLException {
			recreate(url(""), schema);
		}
	},

	/**
	 * The oldest PostgreSQL that is supported, started from a jar. Only the classes that
	 * name it run on it.
	 */
	POSTGRESQL_OLDEST {
		@Override
		public String url(String schema) {
			return PostgreSqlServer.OLDEST.url(schema);
		}

		@Override
		public String username() {
			return PostgreSqlServer.USERNAME;
		}

		@Override
		void create(String schema) throws SQLException {
			recreate(url(""), schema);
		}
	},

	/** SQLite; a schema is a file. Only the classes that name it run on it. */
	SQLITE {
		@Override
		public String url(String schema) {
			return "jdbc:sqlite:" + file(schema);
		}

		@Override
		public @Nullable String username() {
			return null;
		}

		@Override
		void create(String schema) {
			deleteFiles(schema);
		}
	},

	/** DuckDB; a schema is a file. Only the classes that name it run on it. */
	DUCKDB {
		@Override
		public String url(String schema) {
			return "jdbc:duckdb:" + file(schema) + ";jdbc_stream_results=true";
		}

		@Override
		public @Nullable String username() {
			return null;
		}

		@Override
		void create(String schema) {
			deleteFiles(schema);
		}
	},

	/**
	 * Derby in memory, which has no dialect of its own. Only the classes that name it run
	 * on it.
	 */
	DERBY {
		@Override
		public String url(String schema) {
			return "jdbc:derby:memory:%s;create=true".formatted(schema);
		}

		@Override
		public @Nullable String username() {
			return null;
		}

		@Override
		void create(String schema) {
			// created by the first connection
		}
	},

	/**
	 * HSQLDB in memory, which has no dialect of its own. Only the classes that name it
	 * run on it.
	 */
	HSQLDB {
		@Override
		public String url(String schema) {
			return "jdbc:hsqldb:mem:" + schema;
		}

		@Override
		public String username() {
			return "sa";
		}

		@Override
		void create(String schema) throws SQLException {
			execute(url(schema), "DROP SCHEMA PUBLIC CASCADE");
		}
	};

	/** The environment variable that names the MySQL server. */
	public static final String MYSQL_URL = "DELTASYNC_MYSQL_URL";

	private static final AtomicInteger NUMBER = new AtomicInteger();

	/**
	 * Tells the JDBC URL of a schema, with everything that DeltaSync sets on its pools. A
	 * schema of H2 comes to be when it is first connected to; on a server it must have
	 * been created.
	 * @param schema a name
	 * @return the URL
	 */
	public abstract String url(String schema);

	/**
	 * Tells who to log in as. There is no password.
	 * @return the name, or null where the URL holds it
	 */
	public abstract @Nullable String username();

	/**
	 * Returns what the product's stores ask for.
	 * @return the product whose SQL it understands
	 */
	public Product product() {
		return switch (this) {
			case H2 -> Product.H2;
			case MARIADB, MYSQL -> Product.MYSQL;
			case POSTGRESQL, POSTGRESQL_OLDEST -> Product.POSTGRESQL;
			default -> throw new IllegalStateException(this + " holds no JobRepository");
		};
	}

	abstract void create(String schema) throws SQLException;

	/**
	 * Creates an empty schema with a name that no other has.
	 * @return its name
	 */
	public String createSchema() {
		String schema = "deltasync_%d_%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
		createSchema(schema);
		return schema;
	}

	/**
	 * Creates an empty schema, dropping what has its name.
	 * @param schema letters, digits and underscores
	 */
	public void createSchema(String schema) {
		try {
			create(schema);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("No schema '%s' on %s".formatted(schema, this), ex);
		}
	}

	/**
	 * Drops a schema and all that is in it.
	 * @param schema its name
	 */
	public void dropSchema(String schema) {
		try {
			if (isEmbedded()) {
				create(schema);
				return;
			}
			execute(url((this == H2) ? schema : ""), (this == H2) ? "SHUTDOWN" : dropping(schema));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Schema '%s' on %s cannot be dropped".formatted(schema, this), ex);
		}
	}

	/**
	 * Makes a data source without a pool: each connection is a new one.
	 * @param schema the name of a schema that was created
	 * @return the data source
	 */
	public DataSource dataSource(String schema) {
		return connectedTo(url(schema));
	}

	/**
	 * Makes DeltaSync's own tables, for tests that need none of Spring Batch's.
	 * @param jdbc an empty schema of this database
	 */
	public void makeTables(JdbcTemplate jdbc) {
		jdbc.execute("CREATE TABLE BATCH_JOB_INSTANCE (JOB_INSTANCE_ID BIGINT NOT NULL PRIMARY KEY)");
		Path migrations = Path.of("db/migration", product().name().toLowerCase(Locale.ROOT));
		try (Stream<Path> scripts = Files.list(migrations)) {
			Resource[] inOrder = scripts.sorted(Comparator.comparingInt(TestDatabase::version))
				.map(FileSystemResource::new)
				.toArray(Resource[]::new);
			new ResourceDatabasePopulator(inOrder).execute(jdbc.getDataSource());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int version(Path script) {
		String name = script.getFileName().toString();
		return Integer.parseInt(name.substring(1, name.indexOf("__")));
	}

	/**
	 * Does two things in a transaction each, as two lanes do: the second begins and ends
	 * before the first is committed. Where it would wait for that, it fails in the end.
	 * @param jdbc a database, without a pool
	 * @param one what is done first, and committed last
	 * @param other what is done meanwhile
	 */
	public static void runBeforeCommit(JdbcTemplate jdbc, Runnable one, Runnable other) {
		TransactionTemplate transaction = new TransactionTemplate(
				new DataSourceTransactionManager(jdbc.getDataSource()));
		transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		transaction.executeWithoutResult((outer) -> {
			one.run();
			transaction.executeWithoutResult((inner) -> other.run());
		});
	}

	/**
	 * Runs statements, each in a transaction of its own.
	 * @param schema where
	 * @param statements what
	 */
	public void execute(String schema, Iterable<String> statements) {
		try (Connection connection = dataSource(schema).getConnection();
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	private boolean isEmbedded() {
		return this == SQLITE || this == DUCKDB || this == DERBY || this == HSQLDB;
	}

	Path file(String schema) {
		try {
			return Files.createDirectories(Path.of("target", "databases").toAbsolutePath())
				.resolve(schema + "." + this);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Deletes a database with the files beside it. */
	void deleteFiles(String schema) {
		String name = file(schema).getFileName().toString();
		try (Stream<Path> files = Files.list(file(schema).getParent())) {
			for (Path file : files.filter((each) -> each.getFileName().toString().startsWith(name)).toList()) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void recreate(String url, String schema) throws SQLException {
		execute(url, dropping(schema));
		execute(url, ((product() == Product.MYSQL) ? "CREATE DATABASE `%s` CHARACTER SET utf8mb4"
				: "CREATE DATABASE \"%s\" TEMPLATE template0")
			.formatted(schema));
	}

	private String dropping(String schema) {
		return ((product() == Product.MYSQL) ? "DROP DATABASE IF EXISTS `%s`"
				: "DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)")
			.formatted(schema);
	}

	void execute(String url, String sql) throws SQLException {
		try (Connection connection = connectedTo(url).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private DataSource connectedTo(String url) {
		DriverManagerDataSource source = new DriverManagerDataSource(url);
		source.setUsername(username());
		return source;
	}

}
