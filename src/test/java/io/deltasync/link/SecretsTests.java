package io.deltasync.link;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					jdbc:mysql://host:3306/db?useSSL=false          | jdbc:mysql://host:3306/db?useSSL=false
					jdbc:mysql://me:s3cret@host/db                  | jdbc:mysql://***@host/db
					jdbc:mysql://me:s3/cr@t@host/db?a=b             | jdbc:mysql://***@host/db?a=b
					jdbc:mysql://me:s3?cr@t@host/db?a=b             | jdbc:mysql://***@host/db?a=b
					jdbc:mysql://host:3306/db?user=me@home&a=b      | jdbc:mysql://host:3306/db?user=me@home&a=b
					jdbc:mysql://host/db?user=me@home:x             | jdbc:mysql://host/db?user=me@home:x
					jdbc:mysql://a:s3cret@h1,b:s3cret@h2/db         | jdbc:mysql://***@h2/db
					jdbc:mysql://host/db?user=me&password=s3cret&x=y | jdbc:mysql://host/db?user=me&password=***&x=y
					jdbc:mysql://host/db?trustCertificateKeyStorePassword=s3cret | jdbc:mysql://host/db?trustCertificateKeyStorePassword=***
					jdbc:h2:mem:x;USER=sa;PASSWORD=s3cret;MODE=MySQL | jdbc:h2:mem:x;USER=sa;PASSWORD=***;MODE=MySQL
					Failed to parse the host:port pair 'me:s3cret@host:3306' | Failed to parse the host:port pair '***@host:3306'
					Access denied for user 'me'@'localhost' (using password: YES) | Access denied for user 'me'@'localhost' (using password: YES)
					""")
	void credentialsInAUrlAreMasked(String text, String masked) {
		assertThat(Secrets.mask(text)).isEqualTo(masked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "db-password", "dbPassword", "api_token", "client-secret", "password1" })
	void secretsAreKnownByTheirNames(String name) {
		assertThat(Secrets.isSecret(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", "password-file", "tokenizer", "key" })
	void otherPropertiesAreNotSecrets(String name) {
		assertThat(Secrets.isSecret(name)).isFalse();
	}

}
