package io.deltasync.connection;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.testing.TcpProxy;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfiguredConnectionsTests {

	private final List<ConfiguredConnections> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.opened.forEach(ConfiguredConnections::close);
	}

	@Test
	void connectionIsAPoolThatIsCreatedOnce() {
		ConfiguredConnections connections = connections("crm: { url: \"jdbc:h2:mem:one\", username: sa }");

		DataSource crm = connections.get("crm");

		assertThat(connections.get("crm")).isSameAs(crm);
		assertThat(new JdbcTemplate(crm).queryForObject("select 1", Integer.class)).isEqualTo(1);
	}

	@Test
	void databaseInMemoryThatEachConnectionHasForItselfIsRefused() {
		for (String url : List.of("jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:duckdb:")) {
			assertThatExceptionOfType(ConfigurationException.class).as(url)
				.isThrownBy(() -> connections("crm: { url: \"%s\" }".formatted(url)).get("crm"))
				.withMessageContaining("a database in memory that each connection would have for itself; name a file");
		}
		assertThat(connections("crm: { url: \"jdbc:sqlite:file:x?mode=memory&cache=shared\" }").get("crm")).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			characterEncoding=ISO-8859-1       | would change texts
			CHARACTERENCODING=latin1           | would change texts
			characterEncoding=windows%2D1252   | would change texts
			characterSetResults=latin1         | would change texts
			connectionCollation=latin1_bin     | would change texts
			useUnicode=false                   | would change texts
			customCharsetMapping=utf8mb4:cp437 | would change texts
			padCharsWithSpace=true             | would add spaces
			zeroDateTimeBehavior=ROUND         | would change zero dates
			maxRows=100                        | a part of a table
			""")
	void propertiesThatChangeOrHideValuesAreRefused(String property, String reason) {
		String[] pair = property.split("=");
		for (String driver : List.of("mysql", "mariadb")) {
			String url = "jdbc:%s://localhost/x".formatted(driver);
			for (String settings : List.of("url: \"%s?a=b&%s&c=d\"".formatted(url, property),
					"url: \"%s\", properties: { %s: \"%s\" }".formatted(url, pair[0], pair[1]))) {
				ConfiguredConnections connections = connections("crm: { %s }".formatted(settings));

				assertThatExceptionOfType(ConfigurationException.class).as(settings)
					.isThrownBy(() -> connections.get("crm"))
					.withMessageContaining(pair[0] + "=")
					.withMessageContaining(reason);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "characterEncoding=UTF-8", "characterEncoding=utf8", "connectionCollation=utf8mb4_bin",
			"characterSetResults=utf8mb4", "maxRows=0", "zeroDateTimeBehavior=CONVERT_TO_NULL", "useUnicode=true" })
	void harmlessDriverPropertiesAreAccepted(String property) {
		assertThat(connections("crm: { url: \"jdbc:mysql://localhost/x?%s\" }".formatted(property)).get("crm"))
			.isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "012345", "1_000", "1.10", "0x1F", "yes", "12:30" })
	void loginsThatYamlChangesAreRefusedAndNotShown(String written) {
		for (String key : List.of("username", "password")) {
			ConfiguredConnections connections = connections(
					"crm: { url: \"jdbc:h2:mem:a\", %s: %s }".formatted(key, written));
			assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> connections.get("crm"))
				.withMessageContainingAll("deltasync.connections.crm." + key, "put it in quotes")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(" " + written + " "));
			assertThat(connections("crm: { url: \"jdbc:h2:mem:a\", %s: \"%s\" }".formatted(key, written)).get("crm"))
				.isNotNull();
			assertThat(connections("crm: { url: \"jdbc:h2:mem:a\", %s: 12345 }".formatted(key)).get("crm")).isNotNull();
		}
	}

	@Test
	void nothingIsConnectedBeforeTheFirstUse() throws IOException {
		try (ServerSocket nobody = new ServerSocket(0)) {
			connections("crm: { url: \"jdbc:mysql://localhost:%d/x\" }".formatted(nobody.getLocalPort())).get("crm");
			nobody.setSoTimeout(1);
			assertThatExceptionOfType(IOException.class).isThrownBy(nobody::accept);
		}
	}

	@Test
	void poolGrowsOnDemandUpToItsSize() throws SQLException {
		DataSource crm = connections("crm: { url: \"jdbc:h2:mem:grow\", pool-size: 2, connection-timeout: 300ms }")
			.get("crm");

		try (Connection first = crm.getConnection(); Connection second = crm.getConnection()) {
			assertThat(first.unwrap(Connection.class)).isNotSameAs(second.unwrap(Connection.class));
			assertThatExceptionOfType(ConnectionUnavailableException.class).isThrownBy(crm::getConnection)
				.withMessageStartingWith("The connection 'crm' (jdbc:h2:mem:grow) is unavailable: ")
				.withMessageContaining("request timed out after");
		}
		crm.getConnection().close();
	}

	@Test
	void messageAboutAnUnknownConnectionListsTheConfiguredOnes() {
		ConfiguredConnections connections = connections(
				"crm: { url: \"jdbc:h2:mem:a\" }\n  erp: { url: \"jdbc:h2:mem:b\" }");

		assertThatIllegalArgumentException().isThrownBy(() -> connections.get("cmr"))
			.withMessage("There is no connection 'cmr'; configured are: crm, erp");
		assertThatIllegalArgumentException().isThrownBy(() -> connections("").get("crm"))
			.withMessageContaining("none is configured under deltasync.connections");
	}

	@Test
	void invalidConnectionIsReportedOnFirstUse() {
		ConfiguredConnections connections = connections("""
				crm: { url: "jdbc:h2:mem:a" }
				  erp: { url: "jdbc:h2:mem:b", pool-size: none }
				""");

		assertThat(connections.get("crm")).isNotNull();
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> connections.get("erp"))
			.withMessageContaining("deltasync.connections.erp.pool-size");
	}

	@Test
	void refusedLoginNamesTheConnectionAndKeepsTheSqlState() throws SQLException {
		connections("owner: { url: \"jdbc:h2:mem:login;DB_CLOSE_DELAY=-1\", username: sa, password: right }")
			.get("owner")
			.getConnection()
			.close();

		ConnectionUnavailableException failure = catchThrowableOfType(ConnectionUnavailableException.class,
				() -> connections("crm: { url: \"jdbc:h2:mem:login\", username: sa, password: wrong-one }").get("crm")
					.getConnection());

		assertThat((Throwable) failure).hasMessage("The connection 'crm' (jdbc:h2:mem:login as sa) is unavailable: "
				+ "Wrong user name or password [28000-240]. Correct user name and password below deltasync.connections.crm")
			.cause()
			.hasNoCause();
		assertThat(failure.getSQLState()).isEqualTo("28000");
		assertThat(failure.connection()).isEqualTo("crm");
	}

	@Test
	void reasonOfARefusedConnectionIsQuotedOnceAndWithoutTheStatement() throws SQLException {
		DataSource owner = connections("owner: { url: \"jdbc:h2:mem:rights;DB_CLOSE_DELAY=-1\", username: sa }")
			.get("owner");
		try (Connection connection = owner.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE USER guest PASSWORD ''");
		}

		assertThatExceptionOfType(ConnectionUnavailableException.class)
			.isThrownBy(() -> connections(
					"crm: { url: \"jdbc:h2:mem:rights;DB_CLOSE_DELAY=-1\", username: guest, password: \"\" }")
				.get("crm")
				.getConnection())
			.withMessageEndingWith("is unavailable: Admin rights are required for this operation");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://u:geheim@localhost:%d/x?useSSL=false",
			"jdbc:mysql://localhost:%d/x?user=u&password=geheim",
			"'jdbc:mysql://(host=localhost,port=%d,user=u,password=geheim)/x'",
			"jdbc:mariadb://localhost:%d/x?user=u&password=geheim" })
	void unreachableServerIsDetectedInSecondsAndShowsNoSecret(String url) throws IOException {
		int port;
		try (ServerSocket nobody = new ServerSocket(0)) {
			port = nobody.getLocalPort();
		}
		ConfiguredConnections connections = connections("""
				crm: { url: "%s", password: geheim, connection-timeout: 1s }
				""".formatted(url.formatted(port)));

		ConnectionUnavailableException failure = catchThrowableOfType(ConnectionUnavailableException.class,
				() -> connections.get("crm").getConnection());

		assertThat((Throwable) failure).hasMessageContaining("'crm'")
			.hasMessageContaining("refused")
			.hasStackTraceContaining("ConnectionUnavailable");
		assertThat(failure.getSQLState()).startsWith("08");
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain("geheim");
		}
		assertThat(connections.toString() + connections.get("crm")).doesNotContain("geheim");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql", "mariadb" })
	void connectingToASilentServerTimesOut(String product) throws IOException {
		try (ServerSocket silent = new ServerSocket(0)) {
			DataSource crm = connections("crm: { url: \"jdbc:%s://localhost:%d/x\", connection-timeout: 1s }"
				.formatted(product, silent.getLocalPort())).get("crm");

			assertThat(CompletableFuture.supplyAsync(() -> catchThrowable(crm::getConnection)))
				.succeedsWithin(Duration.ofSeconds(20))
				.isInstanceOf(ConnectionUnavailableException.class);
		}
	}

	@Test
	void causeThatQuotesThePasswordIsLeftOut() {
		String url = "jdbc:h2:mem:quote;INIT=RUNSCRIPT FROM '/nowhere/geheim'";

		ConnectionUnavailableException failure = catchThrowableOfType(ConnectionUnavailableException.class,
				() -> connections("crm: { url: \"%s\", password: geheim }".formatted(url)).get("crm").getConnection());

		assertThat((Throwable) failure).hasMessageContaining("/nowhere/***").hasNoCause();
	}

	@Test
	void messageOfAClosedPoolSaysThatItWasClosed() {
		ConfiguredConnections connections = connections("crm: { url: \"jdbc:h2:mem:closed\" }");
		connections.close();

		assertThatExceptionOfType(ConnectionUnavailableException.class)
			.isThrownBy(() -> connections.get("crm").getConnection())
			.withMessageContaining("it was closed");
	}

	@Test
	void mySqlDriversRewriteBatchesAndReturnPlainNumbers() {
		assertThat(DriverProperties.of(settings("jdbc:mysql://host/x", null)))
			.containsEntry("rewriteBatchedStatements", "true")
			.containsEntry("tinyInt1isBit", "false")
			.containsEntry("yearIsDateType", "false")
			.containsEntry("connectTimeout", "5000")
			.doesNotContainKeys("useSSL", "sslMode", "allowLoadLocalInfileInPath");
		assertThat(DriverProperties.of(settings("jdbc:mariadb://host/x", null)))
			.containsEntry("rewriteBatchedStatements", "true")
			.containsEntry("tinyInt1isBit", "false")
			.doesNotContainKey("cacheServerConfiguration");
		assertThat(DriverProperties.of(settings("jdbc:h2:mem:x", null))).containsOnlyKeys("user", "password");
		assertThat(DriverProperties.of(settings("jdbc:postgresql://host/x", null)))
			.containsEntry("prepareThreshold", "0")
			.containsEntry("connectTimeout", "5")
			.containsEntry("socketTimeout", "900");
	}

	@Test
	void mySqlServersKeepRowsForTenMinutesUnlessSessionVariablesAreGiven() {
		assertThat(DriverProperties.of(settings("jdbc:mysql://host/x", null)))
			.containsEntry("sessionVariables", "net_write_timeout=600")
			.containsEntry("netTimeoutForStreamingResults", "0");
		assertThat(DriverProperties.of(settings("jdbc:mysql://host/x?SessionVariables=max_join_size=2", null)))
			.doesNotContainKeys("sessionVariables", "netTimeoutForStreamingResults");
		assertThat(DriverProperties.of(settings("jdbc:mysql://host/x", Map.of("sessionvariables", "max_join_size=2"))))
			.containsEntry("sessionvariables", "max_join_size=2")
			.doesNotContainKeys("sessionVariables", "netTimeoutForStreamingResults");
		assertThat(DriverProperties.of(settings("jdbc:mysql://host/x?sessionVariables=max_join_size=2",
				Map.of("netTimeoutForStreamingResults", "900"))))
			.containsEntry("netTimeoutForStreamingResults", "900");
	}

	@Test
	void urlOverridesPropertiesAndPropertiesOverrideDefaults() {
		Properties properties = DriverProperties.of(settings("jdbc:mysql://host/x?TinyInt1IsBit=true&user=me",
				Map.of("rewritebatchedstatements", "false", "tinyInt1isBit", "false")));

		assertThat(properties).containsEntry("rewritebatchedstatements", "false")
			.doesNotContainKeys("rewriteBatchedStatements", "tinyInt1isBit", "user")
			.containsEntry("password", "geheim");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://host/x, socketTimeout", "jdbc:mariadb://host/x, socketTimeout",
			"jdbc:h2:tcp://host/x, NETWORK_TIMEOUT", "jdbc:h2:ssl://host/x, NETWORK_TIMEOUT" })
	void readTimeoutCanBeConfigured(String url, String property) {
		assertThat(DriverProperties.of(settings(url, null))).containsEntry(property, "900000");
		assertThat(DriverProperties.of(settings(url, Map.of(property, "0")))).containsEntry(property, "0");
		String separator = url.startsWith("jdbc:h2:") ? ";" : "?";
		assertThat(DriverProperties.of(settings(url + separator + property + "=7", null))).doesNotContainKey(property);
	}

	@Test
	void readsFromH2ServersHaveATimeout() throws SQLException {
		Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		try (TcpProxy proxy = new TcpProxy(new InetSocketAddress("localhost", server.getPort()))) {
			JdbcTemplate jdbc = new JdbcTemplate(connections(
					"crm: { url: \"jdbc:h2:tcp://localhost:%d/mem:limited\", username: sa, pool-size: 1, properties: { NETWORK_TIMEOUT: 200 } }"
						.formatted(proxy.port()))
				.get("crm"));
			jdbc.execute("SELECT 1");
			proxy.freezeAfter(0);
			assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> jdbc.execute("SELECT 1"));
		}
		finally {
			server.stop();
		}
	}

	@Test
	void abortedConnectionIsNotReused() throws SQLException {
		DataSource crm = connections("crm: { url: \"jdbc:h2:mem:aborted;DB_CLOSE_DELAY=-1\", pool-size: 1 }")
			.get("crm");
		Connection physical;
		try (Connection connection = crm.getConnection()) {
			physical = connection.unwrap(Connection.class);
			connection.abort(Runnable::run);
		}

		try (Connection next = crm.getConnection()) {
			assertThat(next.unwrap(Connection.class)).isNotSameAs(physical);
		}
	}

	@Test
	void connectionWithACancelledStatementIsNotReused() throws SQLException {
		DataSource crm = connections("crm: { url: \"jdbc:h2:mem:cancelled;DB_CLOSE_DELAY=-1\", pool-size: 1 }")
			.get("crm");
		Connection physical;
		try (Connection connection = crm.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
			physical = connection.unwrap(Connection.class);
			((BorrowedConnection) Proxy.getInvocationHandler(connection)).cancel();
		}

		try (Connection next = crm.getConnection()) {
			assertThat(next.unwrap(Connection.class)).isNotSameAs(physical);
		}
	}

	@Test
	void onlyBulkTargetsMaySendFilesAndNoExistingOnes() {
		String path = DriverProperties.of(settings("jdbc:mysql://host/x", Map.of("a", "b")).forBulkLoads())
			.getProperty("allowLoadLocalInfileInPath");
		assertThat(new File(path)).doesNotExist();
		assertThat(new File(path).mkdirs()).isFalse();
		ConnectionSettings mariaDb = settings("jdbc:mariadb://host/x", null);
		assertThat(DriverProperties.of(mariaDb)).containsEntry("allowLocalInfile", "false");
		assertThat(DriverProperties.of(mariaDb.forBulkLoads())).containsEntry("allowLocalInfile", "true");
		assertThat(settings("jdbc:postgresql://host/x", null).forBulkLoads().properties()).isNull();

		ConfiguredConnections connections = new ConfiguredConnections(new YamlEnvironment("""
				deltasync:
				  connections:
				    source: { url: "jdbc:mysql://host/x" }
				    target: { url: "jdbc:mysql://host/x" }
				    bulk: { url: "jdbc:mysql://host/x" }
				  links:
				    one: { source: { connection: source, bulk: true }, target: { connection: target, bulk: false } }
				    two: { source: { connection: source }, target: { connection: bulk, bulk: "${NOT_THERE:true}" } }
				    three: { target: { connection: target, bulk: "${MISSING}" } }
				"""), List.of());
		this.opened.add(connections);
		assertThat(Stream.of("source", "target", "bulk")
			.filter((name) -> DriverProperties
				.of((ConnectionSettings) ReflectionTestUtils.getField(connections.get(name), "settings"))
				.containsKey("allowLoadLocalInfileInPath")))
			.containsExactly("bulk");
	}

	@Test
	void settingsDoNotShowThePassword() {
		assertThat(settings("jdbc:mysql://me:geheim@host/x", null)).hasToString("jdbc:mysql://***@host/x as me");
	}

	private static ConnectionSettings settings(String url, Map<String, String> properties) {
		return new ConnectionSettings(url, "me", "geheim", properties, 1, Duration.ofSeconds(5));
	}

	private ConfiguredConnections connections(String yaml) {
		ConfiguredConnections connections = new ConfiguredConnections(
				new YamlEnvironment("deltasync.connections:\n  " + yaml), List.of());
		this.opened.add(connections);
		return connections;
	}

}
