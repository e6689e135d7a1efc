package com.example.exports;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class ExportsApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(ExportsApplication.class, arguments);
    }
}
