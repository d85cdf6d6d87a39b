package io.deltasync.run.plan;

import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.deltasync.connection.BorrowedConnections;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.run.retry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Limits the total time that a Link's adapters have to answer questions before a run is
 * stored: until then the Link is busy, and there is no event to stop. Each question is
 * asked in a separate thread, which is abandoned when the time is up. Not thread-safe.
 */
public final class AnswerLimit {

	/** The limit, not counting the time to get a connection. */
	private static final Duration TIME = Duration.ofSeconds(15);

	/** Threads that are still waiting for the answer to an earlier question, by Link. */
	private static final Map<Link, Map<String, Thread>> ABANDONED = Collections.synchronizedMap(new WeakHashMap<>());

	private final Link link;

	private final Duration limit;

	private final long began = System.nanoTime();

	private @Nullable LinkIdentity identity;

	/**
	 * Creates the limit and starts the clock.
	 * @param link the Link whose adapters are asked
	 */
	public AnswerLimit(Link link) {
		this(link, TIME.plus(link.places().connectionTimeout()));
	}

	AnswerLimit(Link link, Duration limit) {
		this.link = link;
		this.limit = limit;
	}

	/**
	 * Returns the identity of the Link's source and target.
	 * @return the identity, which is read only once
	 * @throws UnavailableException if an adapter does not answer in time
	 */
	public LinkIdentity identity() {
		LinkIdentity known = this.identity;
		if (known == null) {
			try {
				known = ask("the adapter that is asked for its identity", this.link::identity);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			this.identity = known;
		}
		return known;
	}

	/**
	 * Asks the source a question.
	 * @param <T> the type of the answer
	 * @param question asks a new instance of the adapter
	 * @return the answer
	 * @throws UnavailableException if the source does not answer in time
	 * @throws Exception if the question fails
	 */
	public <T> T askSource(Callable<T> question) throws Exception {
		return ask("the source " + place(this.link.source().table(), LinkIdentity::source), question);
	}

	/**
	 * Asks the target a question.
	 * @param <T> the type of the answer
	 * @param question asks a new instance of the adapter
	 * @return the answer
	 * @throws UnavailableException if the target does not answer in time
	 * @throws Exception if the question fails
	 */
	public <T> T askTarget(Callable<T> question) throws Exception {
		return ask("the target " + place(this.link.target().table(), LinkIdentity::target), question);
	}

	private String place(String table, Function<LinkIdentity, String> end) {
		LinkIdentity known = this.identity;
		return (known != null) ? end.apply(known) : table;
	}

	private <T> T ask(String whom, Callable<T> question) throws Exception {
		Map<String, Thread> abandoned = ABANDONED.computeIfAbsent(this.link, (key) -> new ConcurrentHashMap<>());
		Thread before = abandoned.get(whom);
		if (before != null && before.isAlive()) {
			throw unanswered(whom);
		}
		BorrowedConnections borrowed = new BorrowedConnections();
		FutureTask<T> answer = new FutureTask<>(() -> borrowed.call(question));
		Thread thread = new Thread(answer, "deltasync-check-" + this.link.name());
		thread.setDaemon(true);
		thread.start();
		try {
			return answer.get(this.limit.toNanos() - (System.nanoTime() - this.began), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			abandoned.put(whom, thread);
			borrowed.abortAll();
			throw unanswered(whom);
		}
		catch (InterruptedException ex) {
			borrowed.abortAll();
			Thread.currentThread().interrupt();
			throw new UnavailableException("Link '%s': interrupted while it was waiting for the answer of %s"
				.formatted(this.link.name(), whom), ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw (Error) ex.getCause();
		}
	}

	private UnavailableException unanswered(String whom) {
		String what = "has not answered within %d s".formatted(this.limit.toSeconds());
		return new UnavailableException(
				("Link '%s': %s %s, so no run can begin. Check that its server is up, can be reached through the network, "
						+ "and is neither overloaded nor blocked by a lock; then try again")
					.formatted(this.link.name(), whom, what),
				new SQLTimeoutException(what));
	}

}
