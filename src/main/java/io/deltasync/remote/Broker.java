package io.deltasync.remote;

import java.util.List;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.link.RemoteSettings;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * How connections to the broker are made.
 */
public final class Broker {

	/** Stands for every class there is. */
	private static final String ALL_CLASSES = "*";

	private Broker() {
	}

	/**
	 * Makes a connection factory; connects nothing.
	 * @param settings which broker
	 * @return the factory
	 * @throws ConfigurationException when the URL cannot be understood
	 */
	public static ConnectionFactory connections(RemoteSettings settings) {
		try {
			ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(settings.brokerUrl(), settings.username(),
					settings.password());
			// a lane that waits at a busy worker is one that another could carry out
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
