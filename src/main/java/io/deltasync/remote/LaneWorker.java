package io.deltasync.remote;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.deltasync.lease.Installation;
import io.deltasync.link.RemoteSettings;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jms.JmsException;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Listens for lanes, some at a time. A message is acknowledged when its lane has ended; a
 * worker that dies before leaves it to another. While the broker is away, lanes in hand
 * go on, and the broker is connected to again as soon as it is back.
 */
public final class LaneWorker implements Worker, SmartLifecycle {

	private static final long RECONNECT_MILLIS = 1000;

	/** What is not through by then is gone on with as after a crash. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private static final Logger logger = LoggerFactory.getLogger(LaneWorker.class);

	private final RemoteSettings settings;

	private final LaneRequestHandler requested;

	private final DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();

	private final LaneRequestConverter converter = new LaneRequestConverter();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean running = true;

	public LaneWorker(RemoteSettings settings, ConnectionFactory connections, LaneRequestHandler requested,
			Installation installation) {
		this.settings = settings;
		this.requested = requested;
		this.container.setConnectionFactory(connections);
		this.container.setDestinationName(settings.queue());
		// others' stay in the queue; earlier versions name no installation
		this.container
			.setMessageSelector("%1$s = '%2$s' OR %1$s IS NULL".formatted(LaneChannel.INSTALLATION, installation.id()));
		this.container.setConcurrentConsumers(settings.resolvedConcurrency());
		this.container.setSessionTransacted(true);
		this.container.setBackOff(new FixedBackOff(RECONNECT_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
		this.container.setErrorHandler(LaneWorker::failed);
		this.container.setMessageListener((jakarta.jms.MessageListener) this::received);
		this.container.setBeanName("deltasync-worker");
		this.container.setAutoStartup(false);
		this.container.afterPropertiesSet();
	}

	@Override
	public void work() throws InterruptedException {
		start();
		this.ended.await();
	}

	private void received(Message message) {
		try {
			this.requested.carryOut(this.converter.fromMessage(message));
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void failed(Throwable thrown) {
		if (thrown instanceof LaneNotEndedException) {
			logger.info(thrown.getMessage());
		}
		else {
			logger.warn("A message was given back to the broker", thrown);
		}
	}

	/** What was told to stop before it could start takes no lanes any more. */
	@Override
	public synchronized void start() {
		if (!this.running) {
			return;
		}
		this.container.start();
		logger.info("Takes lanes of {}, {} at a time", this.settings, this.settings.resolvedConcurrency());
	}

	/** No further lane is begun; those in hand are left to other workers. */
	@Override
	public void stop() {
		takeNoMore();
		if (this.requested.awaitEnd(PATIENCE)) {
			this.container.shutdown();
		}
		else {
			logger.warn("Not all lanes ended in {}; other workers take them over when their leases end", PATIENCE);
		}
		this.ended.countDown();
	}

	private synchronized void takeNoMore() {
		try {
			this.container.stop();
		}
		catch (JmsException ex) {
			logger.debug("The broker is not there to be told", ex);
		}
		this.requested.close();
		this.running = false;
	}

	/** Also before it takes lanes: an application that closes stops what runs alone. */
	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** As {@link #work()} begins, not when the application does. */
	@Override
	public boolean isAutoStartup() {
		return false;
	}

	/** The first to be stopped, as runs are. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
