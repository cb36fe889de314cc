package io.tocsin.models.incidents;
public final class Tune { private Tune(){}
  static final java.util.Map<String,Double> M = new java.util.HashMap<>();
  public static void set(String conf){ M.clear(); for(String kv: conf.split(",")) { int i=kv.indexOf('='); if(i>0) M.put(kv.substring(0,i),Double.parseDouble(kv.substring(i+1))); } }
  public static double p(String n, double d){ Double v=M.get(n); return v==null?d:v; }
}
