package io.deltasync.jdbc.testkit;

import java.time.Duration;
import java.util.stream.Stream;

import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit on the databases in the process of the test. */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.DUCKDB, TestDatabase.DERBY, TestDatabase.HSQLDB })
class EmbeddedKitIT extends JdbcAdapterFixture {

	@TestFactory
	Stream<DynamicTest> conforms() throws Exception {
		try (var connection = pool().getConnection()) {
			this.dialect = this.dialect.of(connection.getMetaData());
		}
		DialectKit kit = DialectKit.of(this.dialect, pool())
			.type("DECIMAL(10, 2)", "1.50", "-99999999.99")
			.type("VARCHAR(20)", "''", "'é😀'")
			.timestampType(this.database == TestDatabase.HSQLDB ? "TIMESTAMP(6)" : "TIMESTAMP")
			.textType(this.database == TestDatabase.DUCKDB ? "VARCHAR" : "CLOB");
		if (this.database == TestDatabase.SQLITE) {
			kit.timestampPrecision(Duration.ofMillis(1));
		}
		else {
			// DuckDB's driver keeps 2,048 rows at a time, more than the kit reads
			kit.withoutOpenTransactions().inMemory();
		}
		return kit.checks()
			.entrySet()
			.stream()
			.map((check) -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
	}

}
