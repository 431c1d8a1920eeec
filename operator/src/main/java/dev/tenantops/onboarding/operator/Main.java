package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.tob.Tob;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs the operator. With the arguments {@code check URL} it asks one that runs whether it is well, and ends: so the chart's
 * test needs no image but the operator's. With {@code tob} first it is the command line, for which no operator starts.
 */
@QuarkusMain
public class Main {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OK = 200;

    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("check")) {
            System.exit(isWell(URI.create(arguments[1])) ? 0 : 1);
        }
        if (arguments.length > 0 && arguments[0].equals("tob")) {
            System.exit(Tob.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        Quarkus.run(arguments);
    }

    private static boolean isWell(URI health) throws InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(health).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            System.out.println(health + " answers HTTP " + answer.statusCode() + "\n" + answer.body());
            return answer.statusCode() == OK;
        } catch (IOException e) {
            System.out.println(health + " does not answer: " + e + ". Look at the operator's pods and Service.");
            return false;
        }
    }
}
