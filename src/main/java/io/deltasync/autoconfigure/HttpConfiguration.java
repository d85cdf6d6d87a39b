package io.deltasync.autoconfigure;

import io.deltasync.api.Connections;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import org.apache.hc.client5.http.classic.HttpClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connections of the type {@code http}, if the application has Apache HttpClient.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HttpClient.class)
class HttpConfiguration {

	@Bean
	static HttpConnectionType deltasyncHttpConnectionType() {
		return new HttpConnectionType();
	}

	@Bean
	HttpConnections deltasyncHttpConnections(Connections connections) {
		return new HttpConnections(connections);
	}

}
