package io.deltasync.fault;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The databases of a campaign, as nobody but the campaign reaches them: past its faults,
 * and by a connection that is closed again at once.
 *
 * @param url from a database's name to its URL
 * @param username null where the URL has it
 */
record CampaignDatabases(UnaryOperator<String> url, @Nullable String username) {

	static final String JOBS = "jobs";

	static final String SOURCE = "source";

	static final String TARGET = "target";

	void on(String database, Consumer<JdbcTemplate> action) {
		with(database, (jdbc) -> {
			action.accept(jdbc);
			return true;
		});
	}

	<T extends @Nullable Object> T with(String database, Function<JdbcTemplate, T> question) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(this.url.apply(database), true);
		if (this.username != null) {
			connection.setUsername(this.username);
		}
		try {
			return question.apply(new JdbcTemplate(connection));
		}
		finally {
			connection.destroy();
		}
	}

}
