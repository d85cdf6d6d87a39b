package io.deltasync.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The statements that JdbcTemplate sends during a test, in some threads. Thread-safe. */
public final class SentQueries extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);

	private final Predicate<String> threads;

	private final List<String> sent = new ArrayList<>();

	/**
	 * Creates the extension of a test.
	 * @param threads accepts the names of the threads that count
	 */
	public SentQueries(Predicate<String> threads) {
		this.threads = threads;
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		next();
		start();
		this.logger.addAppender(this);
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.DEBUG);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.setLevel(null);
		this.logger.setAdditive(true);
		this.logger.detachAppender(this);
	}

	@Override
	protected synchronized void append(ILoggingEvent event) {
		// without the announcement of a statement that the next message contains
		if (this.threads.test(event.getThreadName()) && event.getFormattedMessage().contains("[")) {
			this.sent.add(event.getFormattedMessage());
		}
	}

	/** Returns those since the last call. */
	public synchronized List<String> next() {
		List<String> next = List.copyOf(this.sent);
		this.sent.clear();
		return next;
	}

}
