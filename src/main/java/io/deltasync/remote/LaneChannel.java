package io.deltasync.remote;

import java.time.Duration;

import io.deltasync.api.AbortRunException;
import io.deltasync.link.RemoteSettings;
import io.deltasync.run.TimedWaits;
import jakarta.jms.ConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.jms.JmsException;
import org.springframework.jms.JmsSecurityException;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

/**
 * Sends the lanes of a run to the broker's queue over a single connection. Retries while
 * the broker restarts; duplicate messages are harmless.
 */
final class LaneChannel implements MessageChannel, AutoCloseable {

	/** The maximum outage of the broker. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(LaneChannel.class);

	/** The property that identifies the JobRepository, for message selectors. */
	static final String INSTALLATION = "deltasyncInstallation";

	private final String link;

	private final TimedWaits timedWaits;

	private final String installation;

	private final RemoteSettings settings;

	private final SingleConnectionFactory connection;

	private final JmsTemplate jms;

	LaneChannel(String link, TimedWaits timedWaits, String installation, RemoteSettings settings,
			ConnectionFactory connections) {
		this.link = link;
		this.timedWaits = timedWaits;
		this.installation = installation;
		this.settings = settings;
		this.connection = new SingleConnectionFactory(connections);
		this.jms = new JmsTemplate(this.connection);
		this.jms.setMessageConverter(new LaneRequestConverter());
	}

	@Override
	public boolean send(Message<?> message, long timeout) {
		send(LaneRequest.of(this.link, (StepExecutionRequest) message.getPayload()));
		return true;
	}

	private void send(LaneRequest request) {
		Duration timeout = (PATIENCE.compareTo(this.settings.timeout()) < 0) ? PATIENCE : this.settings.timeout();
		long until = System.nanoTime() + timeout.toNanos();
		while (true) {
			try {
				this.jms.convertAndSend(this.settings.queue(), request, (message) -> {
					message.setStringProperty(INSTALLATION, this.installation);
					return message;
				});
				return;
			}
			catch (JmsException ex) {
				this.connection.resetConnection();
				if (ex instanceof JmsSecurityException || System.nanoTime() - until >= 0) {
					throw new AbortRunException(
							("the lanes cannot be sent to workers through broker %s: %s. Start the broker, or correct "
									+ "deltasync.remote")
								.formatted(this.settings, reason(ex)),
							ex);
				}
				logger.warn("Link '{}': broker {} does not accept its lanes; retrying: {}", this.link, this.settings,
						reason(ex));
				if (!this.timedWaits.pause(PAUSE)) {
					throw new AbortRunException("the run ended before its lanes were sent to workers", ex);
				}
			}
		}
	}

	private static String reason(JmsException ex) {
		Throwable cause = ex.getMostSpecificCause();
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getName();
	}

	@Override
	public void close() {
		this.connection.destroy();
	}

}
