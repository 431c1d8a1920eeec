package dev.tenantops.onboarding.operator.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The certificates of a PEM text, each read by itself: one that is damaged spoils no other.
 *
 * @param damaged the lines in which those begin that cannot be read
 */
public record PemBundle(List<X509Certificate> certificates, List<Integer> damaged) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final int LISTED = 10;

    public PemBundle {
        certificates = List.copyOf(certificates);
        damaged = List.copyOf(damaged);
    }

    /** Reads a text; what it holds beside certificates, such as remarks or keys, is passed over. */
    public static PemBundle of(String pem) {
        var certificates = new ArrayList<X509Certificate>();
        var damaged = new ArrayList<Integer>();
        var block = new StringBuilder();
        var begun = 0;
        var number = 0;
        for (String line : pem.lines().map(String::strip).toList()) {
            number++;
            if (line.startsWith(BEGIN)) {
                if (begun > 0) {
                    damaged.add(begun);
                }
                begun = holdsCertificates(line) ? number : 0;
                block.setLength(0);
            }
            if (begun > 0) {
                block.append(line).append('\n');
                if (line.startsWith(END)) {
                    read(block.toString(), begun, certificates, damaged);
                    begun = 0;
                }
            }
        }
        if (begun > 0) {
            damaged.add(begun);
        }
        return new PemBundle(certificates, damaged);
    }

    /** Which cannot be read, for people; empty if all can. */
    public String remark() {
        if (damaged.isEmpty()) {
            return "";
        }
        if (damaged.size() == 1) {
            return "the certificate that begins in its line " + damaged.getFirst() + " cannot be read";
        }
        var lines = damaged.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", "));
        return damaged.size() + " certificates, which begin in its lines " + lines
                + (damaged.size() > LISTED ? " and others" : "") + ", cannot be read";
    }

    private static boolean holdsCertificates(String begin) {
        return begin.contains("CERTIFICATE-----") || begin.contains("PKCS7-----");
    }

    private static void read(String block, int line, List<X509Certificate> certificates, List<Integer> damaged) {
        try {
            var read = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8)));
            read.forEach(it -> certificates.add((X509Certificate) it));
        } catch (CertificateException _) {
            damaged.add(line);
        }
    }
}
