package io.deltasync.autoconfigure;

import de.siegmar.fastcsv.reader.CsvReader;
import io.deltasync.api.Connections;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.connection.RepositoryState;
import io.deltasync.http.source.HttpSource;
import io.deltasync.http.source.page.RunKeys;
import io.deltasync.http.target.HttpTarget;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.RepositoryDatabase;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

/**
 * Connections of the type {@code http} and the adapter {@code http}, if the application
 * has Apache HttpClient, FastCSV and Commons Compress.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ HttpClient.class, CsvReader.class, GzipCompressorInputStream.class })
class HttpConfiguration {

	@Bean
	static HttpConnectionType deltasyncHttpConnectionType() {
		return new HttpConnectionType();
	}

	@Bean
	HttpConnections deltasyncHttpConnections(Connections connections, ObjectProvider<RepositoryDatabase> database,
			ObjectProvider<DatabaseClock> clock, ObjectProvider<SslBundles> sslBundles) {
		// adapters are created to check the configuration before the database is opened
		return new HttpConnections(connections,
				SingletonSupplier.of(() -> new RepositoryState(JdbcClient.create(database.getObject().jdbc()),
						database.getObject().transaction(), clock.getObject())),
				(name) -> sslBundles.getObject().getBundle(name).createSslContext());
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

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	HttpTarget deltasyncHttpTarget(HttpConnections connections) {
		return new HttpTarget(connections);
	}

}
