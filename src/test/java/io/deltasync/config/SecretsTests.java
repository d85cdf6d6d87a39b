package io.deltasync.config;

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
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			https://crm/x?api_key=abc&page=2               | https://crm/x?api_key=***&page=2
			401 for {"api-key": "a b", "page": 2}           | 401 for {"api-key": "***", "page": 2}
			Authorization: Bearer abc.def, retry            | Authorization: Bearer ***, retry
			the header authorization=Basic YTpi is refused  | the header authorization=Basic *** is refused
			used Bearer eyJhbGciOiJIUzI1NiJ9.e30.x          | used Bearer ***
			bearer of bad news                              | bearer of bad news
			no column 'token' in table 'x'                  | no column 'token' in table 'x'
			""")
	void secretsOfServicesAreMaskedInMessages(String text, String masked) {
		assertThat(Secrets.mask(text)).isEqualTo(masked);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://me:s3cret@crm:8443/a@1?token=x&page=2 | https://crm:8443/a@1?token=***&page=2
			s3://bucket/path@v1                           | s3://bucket/path@v1
			a:b@c                                         | a:b@c
			""")
	void onlyCredentialsAreRemovedForComparison(String value, String compared) {
		assertThat(Secrets.withoutCredentials(value)).isEqualTo(compared);
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "db-password", "dbPassword", "api_token", "client-secret", "password1",
			"api-key", "apiKey", "x_api_keys", "access-key", "access-key-id", "secretAccessKey", "private-key",
			"authorization", "passkey", "token", "tokens", "credential", "credentials.user", "headers.Authorization",
			"signing-key", "account-key", "session-cookie" })
	void secretsAreRecognisedByTheirNames(String name) {
		assertThat(Secrets.isSecret(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", "password-file", "tokenizer", "key", "key[0]", "primary-key", "sort-key", "keys",
			"partition-key", "compass", "author", "token-url", "cookie-policy" })
	void otherPropertiesAreNotSecrets(String name) {
		assertThat(Secrets.isSecret(name)).isFalse();
	}

}
