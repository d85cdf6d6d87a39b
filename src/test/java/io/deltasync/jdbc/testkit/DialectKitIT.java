package io.deltasync.jdbc.testkit;

import java.util.stream.Stream;

import io.deltasync.jdbc.JdbcAdapterFixture;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The built-in dialects fulfil what the kit asks of those of others. */
@EachDatabase
class DialectKitIT extends JdbcAdapterFixture {

	@TestFactory
	Stream<DynamicTest> conforms() {
		DialectKit kit = DialectKit.of(this.dialect, pool())
			.type("DECIMAL(10, 2)", "1.50", "-99999999.99")
			.type("VARCHAR(20)", "''", "'é😀'")
			.timestampType(localTime(6))
			.textType(isMySql() ? "LONGTEXT" : isPostgreSql() ? "TEXT" : "CLOB");
		if (this.database == TestDatabase.H2) {
			kit.inMemory();
		}
		return kit.checks()
			.entrySet()
			.stream()
			.map((check) -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
	}

}
