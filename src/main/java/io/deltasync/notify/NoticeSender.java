package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import io.deltasync.notice.Outbox;
import io.deltasync.notice.QueuedNotice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the stored messages, as one of several processes. A message is sent at least
 * once: if a process dies between the answer and the commit, another one sends it again
 * with the same id. Each channel has its own thread, so that one that is silent does not
 * delay the others. Thread-safe.
 */
public final class NoticeSender {

	/** Longer than an attempt can take. */
	private static final Duration LEASE = Duration.ofMinutes(2);

	private static final Duration FIRST_DELAY = Duration.ofSeconds(10);

	private static final Duration LONGEST_DELAY = Duration.ofHours(1);

	private static final int MOST_DOUBLINGS = 10;

	private static final Logger logger = LoggerFactory.getLogger(NoticeSender.class);

	private final Outbox outbox;

	private final Channels channels;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	private final Duration expireAfter;

	private final Executor threads;

	private final Set<String> busy = ConcurrentHashMap.newKeySet();

	private final Set<String> unknown = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a sender.
	 * @param outbox the messages
	 * @param channels where they are sent
	 * @param transaction runs each change in its own transaction
	 * @param clock the clock of the database
	 * @param expireAfter how long a message is tried
	 * @param threads the threads in which channels are called
	 */
	public NoticeSender(Outbox outbox, Channels channels, TransactionTemplate transaction, InstantSource clock,
			Duration expireAfter, Executor threads) {
		this.outbox = outbox;
		this.channels = channels;
		this.transaction = transaction;
		this.clock = clock;
		this.expireAfter = expireAfter;
		this.threads = threads;
	}

	/**
	 * Marks messages that are too old as expired, and sends those whose time has come.
	 */
	public void send() {
		Instant now = this.clock.instant();
		expire(now.minus(this.expireAfter));
		for (String name : this.outbox.dueChannels(now)) {
			Optional<Channel> channel = this.channels.find(name);
			if (channel.isEmpty()) {
				if (this.unknown.add(name)) {
					logger
						.warn("Notifications for channel '{}' are not sent by this process, because the channel is not "
								+ "configured here", name);
				}
			}
			else if (this.busy.add(name)) {
				this.threads.execute(() -> send(name, channel.get()));
			}
		}
	}

	/** Sends the messages whose time has come, and waits until all were tried. */
	void sendNow() {
		Instant now = this.clock.instant();
		expire(now.minus(this.expireAfter));
		for (String name : this.outbox.dueChannels(now)) {
			this.channels.find(name).ifPresent((channel) -> send(name, channel));
		}
	}

	private void send(String name, Channel channel) {
		try {
			for (QueuedNotice next = claim(name); next != null; next = claim(name)) {
				send(next, channel);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Notifications for channel '{}' are not sent for now: {}", name, ex.getMessage());
			logger.debug("Not sent", ex);
		}
		finally {
			this.busy.remove(name);
		}
	}

	private @Nullable QueuedNotice claim(String channel) {
		Optional<QueuedNotice> claimed = this.transaction.execute((status) -> {
			Instant now = this.clock.instant();
			return this.outbox.claim(channel, now, now.plus(LEASE));
		});
		return claimed.orElse(null);
	}

	private void send(QueuedNotice notice, Channel channel) {
		try {
			String answer = channel.send(notice.messageId(), notice.body(), this.clock.instant());
			this.transaction.executeWithoutResult((status) -> this.outbox.sent(notice));
			logger.debug("Message {} for channel '{}': {}", notice.messageId(), notice.channel(), answer);
		}
		catch (UndeliveredException ex) {
			Duration delay = delay(notice.attempts());
			logger.warn(
					"Link '{}': message {} could not be sent to channel '{}' (attempt {}), next attempt in {} s: {}",
					notice.link(), notice.messageId(), notice.channel(), notice.attempts(), delay.toSeconds(),
					ex.getMessage());
			this.transaction.executeWithoutResult((status) -> this.outbox.failed(notice,
					this.clock.instant().plus(delay), String.valueOf(ex.getMessage())));
		}
	}

	/** Doubles with each attempt, up to a limit, and varies by a fifth. */
	static Duration delay(int attempts) {
		Duration doubled = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
		Duration delay = (doubled.compareTo(LONGEST_DELAY) < 0) ? doubled : LONGEST_DELAY;
		return delay.plusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() / 5));
	}

	private void expire(Instant before) {
		Optional<QueuedNotice> expired;
		do {
			expired = this.transaction.execute((status) -> this.outbox.expire(before));
			expired.ifPresent((notice) -> logger.error(
					"Link '{}': message {} has expired, because it could not be sent to channel '{}' within {} h: {}. "
							+ "Check the channel with 'notify --test'; 'event' and 'rejects' show the state of the Link",
					notice.link(), notice.messageId(), notice.channel(), this.expireAfter.toHours(),
					notice.problem().isEmpty() ? "no process that has this channel was serving" : notice.problem()));
		}
		while (expired.isPresent());
	}

}
