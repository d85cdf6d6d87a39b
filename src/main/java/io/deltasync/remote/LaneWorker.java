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
 * Receives lanes and executes several at a time. Acknowledges a message when its lane has
 * ended, so that another worker receives it if this one dies. During an outage of the
 * broker, running lanes continue and the worker reconnects.
 */
public final class LaneWorker implements Worker, SmartLifecycle {

	private static final long RECONNECT_MILLIS = 1000;

	/** Lanes that have not ended by then are continued by others, as after a crash. */
	private static final Duration PATIENCE = Duration.ofSeconds(25);

	private static final Logger logger = LoggerFactory.getLogger(LaneWorker.class);

	private final RemoteSettings settings;

	private final LaneRequestHandler requested;

	private final DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();

	private final LaneRequestConverter converter = new LaneRequestConverter();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean running = true;

	/**
	 * Creates a worker, which receives nothing before it is started.
	 * @param settings the queue and the number of lanes at a time
	 * @param connections the broker
	 * @param requested executes the requested lanes
	 * @param installation identifies this JobRepository on the broker
	 */
	public LaneWorker(RemoteSettings settings, ConnectionFactory connections, LaneRequestHandler requested,
			Installation installation) {
		this.settings = settings;
		this.requested = requested;
		this.container.setConnectionFactory(connections);
		this.container.setDestinationName(settings.queue());
		// messages of other installations stay in the queue; earlier versions set no
		// installation
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
			logger.warn("A message was returned to the broker", thrown);
		}
	}

	/** Does nothing if the worker was stopped before it could start. */
	@Override
	public synchronized void start() {
		if (!this.running) {
			return;
		}
		this.container.start();
		logger.info("Executes lanes of {}, {} at a time", this.settings, this.settings.resolvedConcurrency());
	}

	/** Starts no further lanes; other workers continue the running ones. */
	@Override
	public void stop() {
		stopReceiving();
		if (this.requested.awaitEnd(PATIENCE)) {
			this.container.shutdown();
		}
		else {
			logger.warn("Not all lanes ended in {}; other workers take them over when their leases end", PATIENCE);
		}
		this.ended.countDown();
	}

	private synchronized void stopReceiving() {
		try {
			this.container.stop();
		}
		catch (JmsException ex) {
			logger.debug("The broker is unavailable during the stop", ex);
		}
		this.requested.close();
		this.running = false;
	}

	/** True even before the start, because only running beans are stopped on shutdown. */
	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Started by {@link #work()}, not with the application. */
	@Override
	public boolean isAutoStartup() {
		return false;
	}

	/** Stopped before all other beans, as runs are. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
