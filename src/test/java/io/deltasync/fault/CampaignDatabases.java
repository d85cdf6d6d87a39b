package io.deltasync.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The databases of a campaign, as nobody but the campaign reaches them: past its faults,
 * and by a connection that is closed again at once. Each can be replaced by an empty one.
 * Safe for use by many threads.
 */
final class CampaignDatabases {

	static final String JOBS = "jobs";

	static final String SOURCE = "source";

	static final String TARGET = "target";

	private final Map<String, Integer> replaced = new ConcurrentHashMap<>();

	private final UnaryOperator<String> url;

	private final @Nullable String username;

	/**
	 * Gets ready.
	 * @param url from a database's name to its URL
	 * @param username null where the URL has it
	 */
	CampaignDatabases(UnaryOperator<String> url, @Nullable String username) {
		this.url = url;
		this.username = username;
	}

	/** Returns the name of what is in a database's place now. */
	String name(String database) {
		Integer times = this.replaced.get(database);
		return (times != null) ? database + times : database;
	}

	/** Has another database take the place of one. */
	void replace(String database) {
		this.replaced.merge(database, 1, Integer::sum);
	}

	/** Returns the URL of what is in a database's place now. */
	String url(String database) {
		return this.url.apply(name(database));
	}

	void on(String database, Consumer<JdbcTemplate> action) {
		with(database, (jdbc) -> {
			action.accept(jdbc);
			return true;
		});
	}

	<T extends @Nullable Object> T with(String database, Function<JdbcTemplate, T> question) {
		SingleConnectionDataSource connection = new SingleConnectionDataSource(url(database), true);
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
