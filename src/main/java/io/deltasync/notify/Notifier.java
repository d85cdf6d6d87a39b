package io.deltasync.notify;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.deltasync.link.Links;
import io.deltasync.link.notification.NotificationSettings;
import io.deltasync.notice.ChannelFigures;
import io.deltasync.notice.NoticeStates;
import io.deltasync.notice.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notifies people while {@code serve} runs: finds the states that begin by the passing of
 * time alone, has messages sent, and calls the address that tells that this process is
 * alive. Works in its own thread, so that it cannot hold up the runs.
 */
public final class Notifier implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(20);

	private static final Logger logger = LoggerFactory.getLogger(Notifier.class);

	private final Links links;

	private final NoticeStates states;

	private final LinkNotices notices;

	private final NoticeSender sender;

	private final Pings pings;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	private final BooleanSupplier alive;

	private final CountDownLatch closed = new CountDownLatch(1);

	private boolean failing;

	/**
	 * Creates a notifier.
	 * @param links the Links
	 * @param states what people were told
	 * @param notices writes messages
	 * @param sender sends them
	 * @param pings calls addresses
	 * @param outbox the messages
	 * @param transaction runs each change in its own transaction
	 * @param clock the clock of the database
	 * @param alive whether this process is able to begin runs
	 */
	public Notifier(Links links, NoticeStates states, LinkNotices notices, NoticeSender sender, Pings pings,
			Outbox outbox, TransactionTemplate transaction, InstantSource clock, BooleanSupplier alive) {
		this.links = links;
		this.states = states;
		this.notices = notices;
		this.sender = sender;
		this.pings = pings;
		this.outbox = outbox;
		this.transaction = transaction;
		this.clock = clock;
		this.alive = alive;
	}

	/** Begins to work, if anything is configured. */
	public void start() {
		NotificationSettings settings = this.links.notifications().settings();
		boolean sends = !this.links.notifications().channels().isEmpty();
		if (sends || settings.servePingUrl() != null) {
			Thread thread = new Thread(() -> work(sends, settings), "deltasync-notifications");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void work(boolean sends, NotificationSettings settings) {
		long checked = System.nanoTime() - CHECK_INTERVAL.toNanos();
		long pinged = System.nanoTime() - settings.servePingInterval().toNanos();
		boolean first = true;
		try {
			do {
				if (settings.servePingUrl() != null && isOver(pinged, settings.servePingInterval())
						&& this.alive.getAsBoolean()) {
					pinged = System.nanoTime();
					this.pings.ping(settings.servePingUrl(), "serve");
				}
				boolean checks = isOver(checked, CHECK_INTERVAL);
				if (sends && tryWork(first, checks)) {
					first = false;
					checked = checks ? System.nanoTime() : checked;
				}
			}
			while (!this.closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isOver(long since, Duration interval) {
		return System.nanoTime() - since >= interval.toNanos();
	}

	/** Returns false if the database does not answer, which is logged once. */
	private boolean tryWork(boolean first, boolean checks) {
		try {
			if (first) {
				checkAll();
			}
			else if (checks) {
				check();
			}
			this.sender.send();
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				logger.warn("Notifications are not sent for now: {}", ex.getMessage());
			}
			logger.debug("Not sent", ex);
			this.failing = true;
		}
		return !this.failing;
	}

	/**
	 * Checks the states of all Links, because their settings may have changed since the
	 * last process.
	 */
	void checkAll() {
		update(this.links.names());
	}

	/** Checks the states that can begin or end without a run. */
	void check() {
		List<String> known = this.links.names();
		update(this.states.mayChange(this.clock.instant()).stream().filter(known::contains).toList());
	}

	/**
	 * Checks all Links and sends the messages that are due, in this thread.
	 * @return the channels with messages that were not sent; may be empty
	 */
	public List<ChannelFigures> sendNow() {
		checkAll();
		this.sender.sendNow();
		return this.outbox.figures();
	}

	private void update(List<String> changed) {
		for (String link : changed) {
			this.notices.update(link, this.transaction);
		}
	}

	/** Ends the work. Messages that were not sent stay stored. */
	@Override
	public void close() {
		this.closed.countDown();
	}

}
