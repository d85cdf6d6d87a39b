package io.deltasync.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What README promises of the demo, in its order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {

	private static final String[] RUN = { "--spring.profiles.active=demo", "run", "customers" };

	@TempDir
	static Path directory;

	static Cli cli;

	@BeforeAll
	static void useEmptyDirectory() {
		cli = Cli.ofInstallation(directory);
	}

	@Test
	@Order(1)
	void firstRunDeliversEverything() throws SQLException {
		Result result = cli.run(RUN);

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out().lines()).startsWith("Link 'customers': successful (event 1)")
			.contains("  Records   40,000 fetched, 40,000 written, 0 failed");
		assertThat(query("warehouse", "SELECT COUNT(*), COUNT(DISTINCT email), MIN(origin), MAX(origin) FROM customer"))
			.containsExactly("40000", "40000", "shop", "shop");
	}

	@Test
	@Order(2)
	void secondRunDeliversNothing() {
		Result result = cli.run(RUN);

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out().lines()).startsWith("Link 'customers': successful, nothing to do (event 2)")
			.contains("  Records   0 fetched, 0 written, 0 failed");
	}

	@Test
	@Order(3)
	void onlyChangesAreDelivered() throws SQLException {
		try (Connection connection = connect("shop"); Statement statement = connection.createStatement()) {
			statement.executeUpdate("UPDATE customer SET city = 'Lyon', updated_at = CURRENT_TIMESTAMP WHERE id <= 25");
		}

		Result result = cli.run(RUN);

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out().lines()).startsWith("Link 'customers': successful (event 3)")
			.contains("  Records   25 fetched, 25 written, 0 failed");
		assertThat(query("warehouse", "SELECT COUNT(*), MAX(customer_no) FROM customer WHERE city = 'Lyon'"))
			.containsExactly("25", "25");
	}

	@Test
	@Order(4)
	void allMappedColumnsAreDelivered() throws SQLException {
		assertThat(query("shop",
				"SELECT id, first_name, last_name, email, city, country, revenue, updated_at FROM customer WHERE id = 7"))
			.isEqualTo(query("warehouse", "SELECT customer_no, first_name, last_name, email, city, country, revenue, "
					+ "changed_at FROM customer WHERE customer_no = 7"));
	}

	private static Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:h2:file:%s/data/demo-%s;DATABASE_TO_LOWER=TRUE".formatted(directory, database), "sa", "");
	}

	private static List<String> query(String database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			List<String> values = new ArrayList<>();
			for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
				values.add(row.getString(i));
			}
			return values;
		}
	}

}
