package io.deltasync.autoconfigure;

import io.deltasync.api.Connections;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.source.HttpSource;
import io.deltasync.http.source.RunKeys;
import org.apache.hc.client5.http.classic.HttpClient;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * Connections of the type {@code http} and the adapter {@code http}, if the application
 * has Apache HttpClient.
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

	@Bean
	RunKeys deltasyncHttpRunKeys() {
		return new RunKeys();
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	HttpSource deltasyncHttpSource(HttpConnections connections, RunKeys runKeys) {
		return new HttpSource(connections, runKeys);
	}

}
