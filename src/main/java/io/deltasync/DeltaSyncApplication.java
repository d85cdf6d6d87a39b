package io.deltasync;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class DeltaSyncApplication {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(DeltaSyncApplication.class, args)));
	}

}
