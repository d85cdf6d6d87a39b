package io.deltasync.jdbc.duckdb;

import java.sql.SQLException;

import io.deltasync.jdbc.dialect.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DuckDbFailuresTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Constraint Error: Duplicate key "id: 1" violates primary key constraint. | DUPLICATE
			Constraint Error: NOT NULL constraint failed: t.bo | RECORD
			Constraint Error: Violates foreign key constraint because key "id: 5" does not exist | PARENT
			Conversion Error: Could not convert string "abc" to DECIMAL(10,2) | RECORD
			TransactionContext Error: Conflict on update! | TRANSIENT
			TransactionContext Error: Failed to commit: PRIMARY KEY or UNIQUE constraint violation | TRANSIENT
			Catalog Error: Table with name nope does not exist! | STATEMENT
			Invalid Input Error: Attempting to execute it Error: Binder Error: no column "nope" | STATEMENT
			Invalid Input Error: Attempting to execute it Error: Conversion Error: out of range | RECORD
			Invalid Input Error: Cannot execute "INSERT" on database "x" in read-only mode! | READ_ONLY
			Out of Memory Error: failed to allocate | SPACE
			something else | OTHER
			""")
	void failureIsToldByTheLastKindInTheMessage(String message, Failure failure) {
		assertThat(DuckDbFailures.of(new SQLException(message.replace(" Error: B", "\nError: B")))).isEqualTo(failure);
	}

}
