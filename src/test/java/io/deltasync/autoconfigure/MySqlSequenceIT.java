package io.deltasync.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MySqlSequenceIT {

	private String schema;

	private SingleConnectionDataSource single;

	private JdbcTemplate jdbc;

	private MySqlSequence sequence;

	@BeforeEach
	void create() throws SQLException {
		this.schema = TestDatabase.MYSQL.createSchema();
		this.single = new SingleConnectionDataSource(connect(), true);
		this.jdbc = new JdbcTemplate(this.single);
		this.jdbc.execute("CREATE TABLE SEQUENCE_OF_TEST (ID BIGINT NOT NULL, UNIQUE_KEY CHAR(1) NOT NULL UNIQUE)");
		this.jdbc.execute("INSERT INTO SEQUENCE_OF_TEST VALUES (41, '0')");
		this.sequence = new MySqlSequence(this.single, "SEQUENCE_OF_TEST");
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(TestDatabase.MYSQL.url(this.schema));
	}

	@AfterEach
	void drop() {
		if (this.single != null) {
			this.single.destroy();
		}
	}

	private long statements() {
		return Long.parseLong(
				this.jdbc.queryForObject("SHOW SESSION STATUS LIKE 'Questions'", (row, number) -> row.getString(2)));
	}

	@Test
	void takesEachIdInOneStatement() {
		long before = statements();

		assertThat(this.sequence.nextLongValue()).isEqualTo(42);
		assertThat(this.sequence.nextLongValue()).isEqualTo(43);
		assertThat(this.sequence.nextLongValue()).isEqualTo(44);

		assertThat(statements() - before).as("with the query that counts them").isEqualTo(4);
	}

	@Test
	void commitsWhereThePoolDoesNot() throws SQLException {
		this.single.getConnection().setAutoCommit(false);

		assertThat(this.sequence.nextLongValue()).isEqualTo(42);

		try (Connection other = connect()) {
			SingleConnectionDataSource another = new SingleConnectionDataSource(other, true);
			assertThat(new MySqlSequence(another, "SEQUENCE_OF_TEST").nextLongValue()).isEqualTo(43);
		}
	}

	@Test
	void saysWhichTableHasNoRow() {
		this.jdbc.execute("DELETE FROM SEQUENCE_OF_TEST");

		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(this.sequence::nextLongValue)
			.withMessageContaining("SEQUENCE_OF_TEST")
			.withStackTraceContaining("is empty");
	}

}
