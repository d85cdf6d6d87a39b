package io.deltasync.autoconfigure;

import io.deltasync.audit.AuditLog;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.console.security.AccessControl;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Users;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.run.RunTransactions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Configures the users and access tokens of DeltaSync's own application, for commands and
 * for the console. Created on demand, because most commands need none of it.
 */
@AutoConfiguration(after = DeltaSyncAutoConfiguration.class)
@ConditionalOnClass({ OpaqueTokenIntrospector.class, PasswordEncoderFactories.class })
@ConditionalOnBooleanProperty(OwnApplication.MARK)
@Lazy
public class AccessAutoConfiguration {

	@Bean
	AuditLog deltasyncAuditLog(RepositoryDatabase database, DatabaseClock clock) {
		return new AuditLog(database.jdbc(), clock);
	}

	@Bean
	Users deltasyncUsers(RepositoryDatabase database) {
		return new Users(database.jdbc(), PasswordEncoderFactories.createDelegatingPasswordEncoder());
	}

	@Bean
	AccessTokens deltasyncAccessTokens(RepositoryDatabase database, DatabaseClock clock) {
		return new AccessTokens(database.jdbc(), clock);
	}

	@Bean
	AccessControl deltasyncAccessControl(Users users, AccessTokens tokens, AuditLog audit, RunTransactions transactions,
			DatabaseClock clock) {
		return new AccessControl(users, tokens, audit, transactions.template(), clock);
	}

}
