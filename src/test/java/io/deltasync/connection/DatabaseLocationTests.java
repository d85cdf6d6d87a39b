package io.deltasync.connection;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseLocationTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					jdbc:mysql://Shop.example/sales                          | mysql://shop.example:3306/sales
					jdbc:mysql://shop.example:3306/sales?useSSL=false&a=b    | mysql://shop.example:3306/sales
					jdbc:mysql://me:s3cret@shop.example:3307/sales           | mysql://shop.example:3307/sales
					jdbc:mysql://shop.example/sales?user=me&password=s3cret  | mysql://shop.example:3306/sales
					jdbc:mariadb://shop.example/sales                        | mysql://shop.example:3306/sales
					jdbc:mysql:///sales                                      | mysql://localhost:3306/sales
					jdbc:mysql://shop.example                                | mysql://shop.example:3306/
					jdbc:mysql://[2001:DB8::1]:3307/sales                    | mysql://[2001:db8::1]:3307/sales
					jdbc:mysql://[2001:db8::1]/sales                         | mysql://[2001:db8::1]:3306/sales
					jdbc:mysql://b,a:3307/sales                              | mysql://a:3307,b:3306/sales
					jdbc:mysql://me:x@b:3306,me:y@a:3307/sales               | mysql://a:3307,b:3306/sales
					jdbc:mysql:loadbalance://a:3307,b/sales                  | mysql://a:3307,b:3306/sales
					jdbc:mysql://me:x@[b,a:3307]/sales                       | mysql://a:3307,b:3306/sales
					jdbc:mysql:replication://address=(type=source)(host=A)(port=3307),address=(host=b)/sales | mysql://a:3307,b:3306/sales
					jdbc:mysql://(host=a,port=3307,user=me,password=x),(host=b)/sales | mysql://a:3307,b:3306/sales
					jdbc:mariadb:sequential://a:3307,b/sales                 | mysql://a:3307,b:3306/sales
					jdbc:mysql+srv://_mysql._tcp.example/sales               | mysql://_mysql._tcp.example/sales
					jdbc:mysql://host/sales%2Deu                             | mysql://host:3306/sales-eu
					jdbc:mariadb://localhost/sales?localSocket=/run/a.sock   | mysql:///run/a.sock/sales
					jdbc:h2:mem:shop                                         | h2:mem:shop/PUBLIC
					jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;USER=sa;PASSWORD=x    | h2:mem:shop/PUBLIC
					jdbc:h2:mem:shop;schema=sales                            | h2:mem:shop/SALES
					jdbc:h2:mem:shop;INIT=CREATE SCHEMA IF NOT EXISTS A\\;SET SCHEMA a | h2:mem:shop/A
					jdbc:h2:tcp://DB.example/~/shop                          | h2:tcp://db.example:9092/~/shop/PUBLIC
					jdbc:h2:tcp://db.example:9092/~/shop;IFEXISTS=TRUE       | h2:tcp://db.example:9092/~/shop/PUBLIC
					jdbc:h2:ssl://db.example:9093/mem:shop                   | h2:ssl://db.example:9093/mem:shop/PUBLIC
					jdbc:h2:file:/data/x/../shop;MODE=MySQL                  | h2:/data/shop/PUBLIC
					jdbc:postgresql://Shop.example/sales                     | postgresql://shop.example:5432/sales/public
					jdbc:postgresql://b,a:6432/sales?user=me&ssl=true        | postgresql://a:6432,b:5432/sales/public
					jdbc:postgresql:sales                                    | postgresql://localhost:5432/sales/public
					jdbc:postgresql://[::1]/sales?currentSchema=eu,public    | postgresql://[::1]:5432/sales/eu
					jdbc:postgresql://host/sales%2Deu                        | postgresql://host:5432/sales-eu/public
					jdbc:sqlite:/data/x/../shop.db?busy_timeout=1            | sqlite:/data/shop.db/main
					jdbc:sqlite:file:/data/shop.db                           | sqlite:/data/shop.db/main
					jdbc:duckdb:/data/shop.duckdb;memory_limit=1GB           | duckdb:/data/shop.duckdb/main
					jdbc:derby:/data/shop;create=true                        | derby:/data/shop
					jdbc:other://me:x@host:1/db?a=b                          | other://host:1/db
					""")
	void databaseIsToldByServerPortDatabaseAndSchemaAlone(String url, String location) {
		assertThat(DatabaseLocation.of(url, Map.of())).isEqualTo(location);
	}

	@Test
	void spellingOfAPathDoesNotMatter() {
		String absolute = Path.of("data/shop").toAbsolutePath().toString();

		assertThat(DatabaseLocation.of("jdbc:h2:./data/shop", Map.of()))
			.isEqualTo(DatabaseLocation.of("jdbc:h2:file:" + absolute, Map.of()))
			.isNotEqualTo(DatabaseLocation.of("jdbc:h2:./data/other", Map.of()));
		assertThat(DatabaseLocation.of("jdbc:h2:~/shop", Map.of()))
			.isEqualTo("h2:" + System.getProperty("user.home") + "/shop/PUBLIC");
	}

	@Test
	void schemaMayBeADriverProperty() {
		assertThat(DatabaseLocation.of("jdbc:h2:mem:shop", Map.of("SCHEMA", "sales"))).isEqualTo("h2:mem:shop/SALES");
		assertThat(DatabaseLocation.of("jdbc:postgresql://h/shop", Map.of("currentSchema", "sales")))
			.isEqualTo("postgresql://h:5432/shop/sales");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jdbc:", "jdbc:mysql:", "jdbc:mysql://a:b:c@[/x", "jdbc:mysql://host/%zz", "jdbc:h2:",
			"jdbc:h2:\0", "jdbc:mysql://)(,,/x", "jdbc:h2:mem:x;;=;SCHEMA", "jdbc:postgresql:",
			"jdbc:postgresql://h/%zz", "jdbc:postgresql:?currentSchema" })
	void anyUrlHasALocation(String url) {
		assertThat(DatabaseLocation.of(url, Map.of())).isNotNull();
	}

}
