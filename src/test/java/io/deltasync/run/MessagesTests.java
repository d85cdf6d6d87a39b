package io.deltasync.run;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTests {

	@Test
	void causeIsSaidOnceAndWithoutItsStatement() {
		SQLException cause = new SQLException(
				"Not enough rights for object \"PUBLIC.U\"; SQL statement:\nSELECT \"ID\" FROM \"U\" [90096-240]");
		assertThat(Messages.of(new IllegalStateException(
				"Table U cannot be read: Not enough rights for object \"PUBLIC.U\"; grant the account SELECT", cause)))
			.isEqualTo("Table U cannot be read: Not enough rights for object \"PUBLIC.U\"; grant the account SELECT");
		assertThat(Messages.of(new IllegalStateException("no", new SQLException("(conn=17) Access denied"))))
			.isEqualTo("no: Access denied");
	}

}
