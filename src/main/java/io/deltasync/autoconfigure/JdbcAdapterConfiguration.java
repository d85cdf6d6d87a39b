package io.deltasync.autoconfigure;

import io.deltasync.api.Connections;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.write.JdbcTarget;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * The built-in adapter {@code jdbc}, as source and as target.
 */
@Configuration(proxyBeanMethods = false)
class JdbcAdapterConfiguration {

	@Bean
	JdbcTables deltasyncJdbcTables(Connections connections, ObjectProvider<Dialect> dialects) {
		return new JdbcTables(connections, BuiltInDialects.with(dialects.orderedStream().toList()));
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	JdbcSource deltasyncJdbcSource(Connections connections, JdbcTables tables) {
		return new JdbcSource(connections, tables);
	}

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	JdbcTarget deltasyncJdbcTarget(Connections connections, JdbcTables tables) {
		return new JdbcTarget(connections, tables);
	}

}
