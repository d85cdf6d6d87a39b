package io.deltasync.remote;

import java.util.List;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.link.RemoteSettings;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Creates connections to the broker.
 */
public final class Broker {

	/** Matches every class. */
	private static final String ALL_CLASSES = "*";

	private Broker() {
	}

	/**
	 * Creates a connection factory without connecting.
	 * @param settings the broker
	 * @return the factory
	 * @throws ConfigurationException when the URL is invalid
	 */
	public static ConnectionFactory connections(RemoteSettings settings) {
		try {
			ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(settings.brokerUrl(), settings.username(),
					settings.password());
			// a lane buffered at a busy worker would be unavailable to idle ones
			factory.setConsumerWindowSize(0);
			factory.setDeserializationDenyList(ALL_CLASSES);
			return factory;
		}
		catch (RuntimeException ex) {
			throw new ConfigurationException(List.of(new ConfigurationProblem("deltasync.remote.broker-url", null,
					"is '%s', which Artemis's client cannot understand; it begins like tcp://broker:61616"
						.formatted(settings.broker()),
					null)));
		}
	}

}
