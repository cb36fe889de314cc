package io.tocsin.models.incidents;
public final class K { private K(){} public static double v(String n,double d){ String s=System.getProperty(n); return s==null?d:Double.parseDouble(s);} }
